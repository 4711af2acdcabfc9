import fc from "fast-check";

/** What the server does with the next dial, instead of answering it. */
export type DialReaction =
  | { readonly type: "throws" | "fails" | "silent" | "mute" }
  | { readonly type: "refuse"; readonly reply: string };

/** What the server does with the next R, instead of accepting it at once. */
export type RReaction =
  | { readonly type: "cut" | "swallow" }
  | { readonly type: "refuse"; readonly reply: string }
  | { readonly type: "late"; readonly ms: number }
  | { readonly type: "close"; readonly code: number };

/**
 * What the server does with the next E, instead of accepting it at once. `mute` accepts it, and answers no event any more on
 * this connection; `swallow` leaves out one answer. `before` and `after` it is accepted.
 */
export type EReaction =
  | { readonly type: "cut before" | "cut after" | "mute" | "swallow" }
  | { readonly type: "refuse"; readonly reply: string }
  | { readonly type: "late"; readonly ms: number }
  | { readonly type: "close before" | "close after"; readonly code: number };

const REGISTRATION_REFUSALS = [
  "NIO_ALREADY_CONNECTED",
  "NIO_UNEXPECTED_REGISTRATION_ERROR",
  "NIO_ALREADY_CONNECTED",
  "NIO_UNEXPECTED_REGISTRATION_ERROR",
  "NIO_REGISTRATION_ERROR",
  "NIO_UNAUTHORIZED_CONNECTION",
] as const;

const EVENT_REFUSALS = ["NIO_EVENT_FORWARDING_ERROR", "NIO_UNEXPECTED_EVENT_FORWARDING_ERROR"] as const;

/** What a server closes with. */
export const CLOSE_CODES = [1000, 1001, 1009, 1011, 3000] as const;

/** What a server says that does not take an event; 1001 is an outage. */
export const POISON_CODES = [1000, 1009, 1011, 3000] as const;

const code = fc.constantFrom(...CLOSE_CODES);

const late = fc.record({ type: fc.constant("late" as const), ms: fc.constantFrom(10, 500, 1_900, 3_000) });

export const dialReaction: fc.Arbitrary<DialReaction> = fc.oneof(
  fc.record({
    type: fc.constantFrom("throws" as const, "fails" as const, "silent" as const, "mute" as const),
  }),
  fc.record({ type: fc.constant("refuse" as const), reply: fc.constantFrom(...REGISTRATION_REFUSALS) }),
);

export const rReaction: fc.Arbitrary<RReaction> = fc.oneof(
  fc.record({ type: fc.constantFrom("cut" as const, "swallow" as const) }),
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("refuse" as const),
      reply: fc.constantFrom(...REGISTRATION_REFUSALS),
    }),
  },
  late,
  fc.record({ type: fc.constant("close" as const), code }),
);

export const eReaction: fc.Arbitrary<EReaction> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constantFrom("cut before" as const, "cut after" as const, "mute" as const, "swallow" as const),
    }),
  },
  fc.record({ type: fc.constant("refuse" as const), reply: fc.constantFrom(...EVENT_REFUSALS) }),
  late,
  fc.record({ type: fc.constantFrom("close before" as const, "close after" as const), code }),
);

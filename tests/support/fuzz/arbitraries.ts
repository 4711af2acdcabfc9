import fc from "fast-check";
import { type Action, type Happening, type Inside, LISTENERS, type Program, type Step } from "./program.ts";
import { CLOSE_CODES, dialReaction, eReaction, POISON_CODES, rReaction } from "./reactions.ts";

/** What a server may say at any time, and what it does to a client must have an end. */
const UNASKED = [
  "NIO_ALREADY_CONNECTED",
  "NIO_UNEXPECTED_REGISTRATION_ERROR",
  "NIO_REGISTRATION_ERROR",
  "NIO_UNAUTHORIZED_CONNECTION",
  "NIO_EVENT_FORWARDING_ERROR",
  "IO_REGISTERED",
  "IO_PUBLISHED",
  "IO_CONNECTED",
] as const;

const GARBAGE = [
  "",
  "x",
  "o",
  "h",
  "a[",
  "a[1]",
  "a{}",
  "c",
  "m7",
  'a["C {"]',
  'a["K {}"]',
  'a["E {}"]',
  "a[]",
] as const;

const awaited = fc.boolean();

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant("connect" as const), awaited }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("register" as const), awaited }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("disconnect" as const),
      drain: fc.constantFrom(undefined, undefined, 0, 5_000),
    }),
  },
  {
    weight: 14,
    arbitrary: fc.record({
      do: fc.constant("publish" as const),
      kind: fc.constantFrom("cached" as const, "stored" as const, "uncached" as const),
      count: fc.integer({ min: 1, max: 5 }),
      signal: fc.boolean(),
      poison: fc.oneof(
        { weight: 12, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.constantFrom(...POISON_CODES) },
      ),
      awaited,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("abort" as const), pick: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("change" as const), awaited }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("addEvent" as const, "flush" as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("cacheSize" as const), events: fc.integer({ min: 1, max: 8 }) }),
  },
);

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ server: fc.constant("cut" as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      server: fc.constant("close" as const),
      code: fc.constantFrom(...CLOSE_CODES),
      how: fc.constantFrom("frame" as const, "socket" as const, "frame only" as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      server: fc.constantFrom("freeze", "ping", "heartbeat", "call", "sendThrows", "askThrows"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ server: fc.constant("configure" as const), count: fc.constantFrom(1, 2, 60) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ server: fc.constant("bundle" as const), count: fc.integer({ min: 2, max: 6 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ server: fc.constant("garbage" as const), text: fc.constantFrom(...GARBAGE) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ server: fc.constant("reply" as const), text: fc.constantFrom(...UNASKED) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ server: fc.constant("stuffed" as const), ms: fc.constantFrom(1, 500) }),
  },
  { weight: 2, arbitrary: fc.record({ plan: fc.constant("dial" as const), reaction: dialReaction }) },
  { weight: 3, arbitrary: fc.record({ plan: fc.constant("R" as const), reaction: rReaction }) },
  { weight: 4, arbitrary: fc.record({ plan: fc.constant("E" as const), reaction: eReaction }) },
  {
    weight: 3,
    arbitrary: fc.record({
      store: fc.constantFrom("open" as const, "read" as const, "write" as const, "close" as const),
      fault: fc.constantFrom("fails" as const, "slow" as const, "hangs" as const),
      ms: fc.constantFrom(1, 30, 900, 12_000),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({ wait: fc.constantFrom(0, 0, 1, 5, 20, 100, 250, 1_000, 2_100, 11_000) }),
  },
  { weight: 1, arbitrary: fc.record({ sleep: fc.constantFrom(1_000, 60_000) }) },
  { weight: 1, arbitrary: fc.record({ set: fc.constantFrom(-3_600_000, -1_500, 3_600_000) }) },
) as fc.Arbitrary<Happening>;

const inside: fc.Arbitrary<Inside> = fc.record({
  on: fc.constantFrom(...LISTENERS),
  at: fc.integer({ min: 1, max: 8 }),
  action: fc.oneof(
    { weight: 9, arbitrary: action },
    { weight: 1, arbitrary: fc.constant<Action>({ do: "throw" }) },
  ),
});

/** Most programs begin as programs do. */
const beginning: fc.Arbitrary<readonly Step[]> = fc.constantFrom<readonly Step[]>(
  [{ do: "connect", awaited: true }, { do: "register", awaited: true }, { wait: 100 }],
  [{ do: "connect", awaited: true }, { wait: 100 }, { do: "register", awaited: true }],
  [],
);

export const program: fc.Arbitrary<Program> = fc.record({
  waitForServer: fc.boolean(),
  autoReconnect: fc.oneof(
    { weight: 9, arbitrary: fc.constant(true) },
    { weight: 1, arbitrary: fc.constant(false) },
  ),
  sockJs: fc.boolean(),
  batch: fc.constantFrom(0, 100, 250, 8_000),
  store: fc.boolean(),
  storeStaysBroken: fc.oneof(
    { weight: 4, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  maxInFlight: fc.constantFrom(1, 2, 4, 1_000),
  eventCacheSize: fc.constantFrom(2, 5, 1_000),
  latency: fc.constantFrom(1, 20),
  inside: fc.array(inside, { maxLength: 4 }),
  steps: fc
    .tuple(
      beginning,
      fc.array(fc.oneof({ weight: 5, arbitrary: action }, { weight: 7, arbitrary: happening }), {
        maxLength: 40,
        size: "max",
      }),
    )
    .map(([first, rest]) => [...first, ...rest]),
});

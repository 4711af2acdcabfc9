import type { DialReaction, EReaction, RReaction } from "./reactions.ts";

export type PublishKind = "uncached" | "cached" | "stored";

/** What the program does with its client, from outside or inside a listener. Nobody looks at a promise that is not `awaited`. */
export type Action =
  | { readonly do: "connect" | "register" | "change"; readonly awaited: boolean }
  | { readonly do: "disconnect"; readonly drain: number | undefined }
  | {
      readonly do: "publish";
      readonly kind: PublishKind;
      readonly count: number;
      readonly signal: boolean;
      /** The server closes with this code each time that it gets the event; 0 for a good event. */
      readonly poison: number;
      readonly awaited: boolean;
    }
  | { readonly do: "abort"; readonly pick: number }
  | { readonly do: "addEvent" | "flush" | "throw" }
  | { readonly do: "cacheSize"; readonly events: number };

/** What the server, or the network, does without being asked. */
export type ServerStep =
  | { readonly server: "cut" | "freeze" | "ping" | "heartbeat" | "call" | "sendThrows" | "askThrows" }
  | { readonly server: "close"; readonly code: number; readonly how: "frame" | "socket" | "frame only" }
  | { readonly server: "configure" | "bundle"; readonly count: number }
  | { readonly server: "garbage" | "reply"; readonly text: string }
  | { readonly server: "stuffed"; readonly ms: number };

/** What it will do when it is asked. */
export type PlanStep =
  | { readonly plan: "dial"; readonly reaction: DialReaction }
  | { readonly plan: "R"; readonly reaction: RReaction }
  | { readonly plan: "E"; readonly reaction: EReaction };

export interface StoreStep {
  readonly store: "open" | "read" | "write" | "close";
  readonly fault: "fails" | "slow" | "hangs";
  /** Of the slow. */
  readonly ms: number;
}

/** What happens to the client. */
export type Happening =
  | ServerStep
  | PlanStep
  | StoreStep
  /** Time passes; 0 lets promises react only. */
  | { readonly wait: number }
  /** The machine sleeps. */
  | { readonly sleep: number }
  /** The clock on the wall is set. */
  | { readonly set: number };

export type Step = Action | Happening;

export const LISTENERS = ["stateChange", "error", "eventDropped", "configChange", "call"] as const;

/** An action inside a listener, at its so many-th call. */
export interface Inside {
  readonly on: (typeof LISTENERS)[number];
  readonly at: number;
  readonly action: Action;
}

export interface Program {
  /** Of every connect(). */
  readonly waitForServer: boolean;
  readonly autoReconnect: boolean;
  readonly sockJs: boolean;
  /** Bytes of a frame for the events of one turn; 0 gives each event a frame of its own. */
  readonly batch: number;
  readonly store: boolean;
  /** Whether what is wrong with the store at the end stays so. */
  readonly storeStaysBroken: boolean;
  readonly maxInFlight: number;
  readonly eventCacheSize: number;
  /** Milliseconds that a message takes one way. */
  readonly latency: number;
  readonly inside: readonly Inside[];
  readonly steps: readonly Step[];
}

/** A program that is measured, and the server it talks to; each runs in a process of its own. */
export interface Side {
  readonly program: string;
  readonly sink: string;
  /** How the server is to be. */
  readonly sinkOption?: string;
  /** Options of our client, as JSON. */
  readonly options?: string;
}

/** About fifty events of the benchmark in a frame. */
const BATCH = '{"batch":{"maxBytes":10000}}';

export const SIDES = {
  bare: { program: "sides/bare.mjs", sink: "sinks/msb.mjs" },
  ours: { program: "sides/ours.mjs", sink: "sinks/msb.mjs" },
  batch: { program: "sides/ours.mjs", sink: "sinks/msb.mjs", options: BATCH },
  merged: { program: "sides/ours.mjs", sink: "sinks/msb.mjs", sinkOption: "merged", options: BATCH },
  official: { program: "sides/official.cjs", sink: "sinks/msb.mjs" },
  mqtt: { program: "sides/mqtt.mjs", sink: "sinks/mqtt.mjs" },
  "socket.io": { program: "sides/socket-io.mjs", sink: "sinks/socket-io.mjs" },
} as const satisfies Record<string, Side>;

export type SideName = keyof typeof SIDES;

/** To bare `ws` in the same run: the rate at least, the CPU at most. */
export interface Goal {
  readonly rate: number;
  readonly cpu: number;
}

/** What is done, how often, and how far from bare `ws` ours may be. */
export interface Work {
  readonly title: string;
  readonly count: number;
  readonly sides: readonly SideName[];
  readonly goals: Partial<Record<SideName, Goal>>;
  /** It is the first thing that a process does: nothing is compiled yet. */
  readonly isCold?: boolean;
}

export const WORKS = {
  start: {
    title: "the first 10,000 int events of a process",
    count: 10_000,
    sides: ["bare", "ours", "official"],
    goals: {},
    isCold: true,
  },
  int: {
    title: "burst of int events",
    count: 50_000,
    sides: ["bare", "ours", "batch", "merged", "official", "mqtt", "socket.io"],
    goals: {
      ours: { rate: 0.8, cpu: 1.5 },
      batch: { rate: 1.2, cpu: 0.8 },
      merged: { rate: 2.5, cpu: 0.45 },
    },
  },
  complex: {
    title: "burst of complex events (zod, 2 levels)",
    count: 50_000,
    sides: ["bare", "ours", "official", "mqtt", "socket.io"],
    goals: { ours: { rate: 0.8, cpu: 1.7 } },
  },
  windows: {
    title: "windows of 100, awaited",
    count: 50_000,
    sides: ["bare", "ours", "mqtt", "socket.io"],
    goals: { ours: { rate: 0.95, cpu: 1.15 } },
  },
  single: {
    title: "one at a time, awaited",
    count: 20_000,
    sides: ["bare", "ours", "mqtt", "socket.io"],
    goals: { ours: { rate: 0.95, cpu: 1.2 } },
  },
  calls: {
    title: "calls to a handler, validated",
    count: 100_000,
    sides: ["bare", "ours", "official"],
    goals: { ours: { rate: 0.95, cpu: 1.2 } },
  },
} as const satisfies Record<string, Work>;

export type WorkName = keyof typeof WORKS;

/** Clients that stay connected and do nothing; heap of ours to that of a bare `ws`, at most. */
export const IDLE = { count: 10_000, sides: ["bare", "ours"], goal: 2 } as const;

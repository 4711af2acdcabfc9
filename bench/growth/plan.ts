import type { Unit } from "./quantity.ts";

/** A cost that is drawn, and judged if it is ours: what bare `ws` takes says what comes from below. */
export interface Line {
  /** The run that measures it, and the name that it has there. */
  readonly key: string;
  readonly title: string;
}

export interface Picture {
  readonly file: string;
  readonly title: string;
  readonly unit: Unit;
  readonly lines: readonly Line[];
  /** `false` where the whole is drawn, which has to grow. */
  readonly isJudged?: boolean;
}

/** One thing that there may be many of. */
export interface Series {
  readonly title: string;
  /** What a size counts. */
  readonly counts: string;
  readonly sizes: readonly number[];
  /** The sides that measure it, by the name that their keys begin with: a program in `sides/`, and its work. */
  readonly runs: Readonly<Record<string, { readonly program: "ours" | "bare"; readonly work: string }>>;
  /** Done before anything is measured. */
  readonly warmUp: number;
  /** Each size is measured five times, or until there were so many units: the large ones take long, and differ little. */
  readonly enough: number;
  readonly pictures: readonly Picture[];
}

export const SERIES: Readonly<Record<string, Series>> = {
  cache: {
    title: "Events in the cache",
    counts: "events that wait",
    sizes: [1_000, 10_000, 100_000, 1_000_000],
    runs: { ours: { program: "ours", work: "cache" } },
    warmUp: 50_000,
    enough: 1_000_000,
    pictures: [
      {
        file: "cache.svg",
        title: "One event that waits for a connection: CPU",
        unit: "µs",
        lines: [
          { key: "ours publish.cpu", title: "publish" },
          { key: "ours drain.cpu", title: "send, once connected" },
        ],
      },
      {
        file: "cache-heap.svg",
        title: "One event that waits for a connection: heap",
        unit: "B",
        lines: [{ key: "ours heap", title: "heap" }],
      },
    ],
  },
  payload: {
    title: "Size of an event",
    counts: "bytes of payload",
    sizes: [10, 100, 1_000, 10_000, 100_000, 1_000_000],
    runs: { bare: { program: "bare", work: "payload" }, ours: { program: "ours", work: "payload" } },
    warmUp: 10,
    enough: 3_000_000,
    pictures: [
      {
        file: "payload-event.svg",
        title: "One event: CPU",
        unit: "µs",
        isJudged: false,
        lines: [
          { key: "bare event.cpu", title: "bare ws" },
          { key: "ours event.cpu", title: "ours" },
        ],
      },
      {
        file: "payload-byte.svg",
        title: "One byte of an event: CPU",
        unit: "ns",
        lines: [
          { key: "bare byte.cpu", title: "bare ws" },
          { key: "ours byte.cpu", title: "ours" },
        ],
      },
    ],
  },
  clients: {
    title: "Clients of one process",
    counts: "clients",
    sizes: [1, 10, 100, 1_000, 10_000],
    runs: { bare: { program: "bare", work: "clients" }, ours: { program: "ours", work: "clients" } },
    warmUp: 100,
    enough: 3_000,
    pictures: [
      {
        file: "clients.svg",
        title: "One client, connected and registered: CPU",
        unit: "µs",
        lines: [
          { key: "bare connect.cpu", title: "bare ws" },
          { key: "ours connect.cpu", title: "ours" },
        ],
      },
      {
        file: "clients-heap.svg",
        title: "One client, connected and registered: heap",
        unit: "B",
        lines: [
          { key: "bare heap", title: "bare ws" },
          { key: "ours heap", title: "ours" },
        ],
      },
    ],
  },
  functions: {
    title: "Functions of one client, each with a response event of its own",
    counts: "functions",
    sizes: [1, 10, 100, 1_000, 10_000],
    runs: { ours: { program: "ours", work: "functions" } },
    warmUp: 1_000,
    enough: 30_000,
    pictures: [
      {
        file: "functions.svg",
        title: "One function: CPU",
        unit: "µs",
        lines: [
          { key: "ours add.cpu", title: "add" },
          { key: "ours register.cpu", title: "register" },
          { key: "ours call.cpu", title: "a call" },
        ],
      },
    ],
  },
  outage: {
    title: "Events of an outage",
    counts: "events of the outage",
    sizes: [1_000, 10_000, 100_000],
    runs: {
      memory: { program: "ours", work: "memory" },
      level: { program: "ours", work: "level" },
    },
    warmUp: 20_000,
    enough: 200_000,
    pictures: [
      {
        file: "outage.svg",
        title: "One event of an outage: CPU",
        unit: "µs",
        lines: [
          { key: "memory keep.cpu", title: "keep in memory" },
          { key: "memory flush.cpu", title: "send from memory" },
          { key: "level keep.cpu", title: "store in LevelDB" },
          { key: "level flush.cpu", title: "send from LevelDB" },
        ],
      },
      {
        file: "outage-time.svg",
        title: "One event of an outage: time",
        unit: "µs",
        lines: [
          { key: "memory flush.time", title: "send from memory" },
          { key: "level flush.time", title: "send from LevelDB" },
        ],
      },
    ],
  },
};

import type { FaultProxy } from "../fault-proxy/fault-proxy.ts";
import type { Random } from "./random.ts";

/** What happens to the proxy, with numbers that were drawn beforehand, so that a seed repeats them. */
export interface Fault {
  readonly kind: FaultKind;
  /** How many messages or dials, or which close code; of the kinds that count. */
  readonly count: number;
  /** Milliseconds, of the kinds that last. */
  readonly ms: number;
}

/** Calls back after so many milliseconds, unless the run is over. */
export type Later = (ms: number, callback: () => void) => void;

interface Definition {
  readonly count?: readonly [number, number];
  readonly ms?: readonly [number, number];
  apply(proxy: FaultProxy, fault: Fault, later: Later): void;
}

const CLOSE_CODES = [1000, 1001, 1011, 3000, 4000] as const;

const DEFINITIONS = {
  cut: { apply: (proxy) => proxy.cut() },
  // The broker refuses the client's next registration: it is connected already.
  "cut, broker notices late": { ms: [20, 300], apply: (proxy, { ms }) => proxy.cut(ms) },
  "orderly close": {
    count: [0, CLOSE_CODES.length - 1],
    apply: (proxy, { count }) => proxy.close(CLOSE_CODES[count]),
  },
  "half-open": { apply: (proxy) => proxy.freeze() },
  "half-open, new ones too": {
    ms: [50, 600],
    apply(proxy, { ms }, later) {
      proxy.freezeAll();
      later(ms, () => proxy.letIn());
    },
  },
  delay: {
    ms: [1, 40],
    apply(proxy, { ms }, later) {
      proxy.faults.delay = ms;
      later(ms * 5, () => {
        proxy.faults.delay = 0;
      });
    },
  },
  split: {
    count: [5, 50],
    apply: ({ faults }, { count }) => {
      faults.split = count;
    },
  },
  joined: {
    count: [2, 30],
    apply: ({ faults }, { count }) => {
      faults.join = count;
    },
  },
  "missing acknowledgement": {
    apply: ({ faults }) => {
      faults.swallowAnswers = 1;
    },
  },
  "no acknowledgement any more": { apply: (proxy) => proxy.stopAnswers() },
  "NIO injected": {
    count: [1, 5],
    apply: ({ faults }, { count }) => {
      faults.refuseEvents += count;
    },
  },
  "slow reader": {
    ms: [20, 300],
    apply(proxy, { ms }, later) {
      proxy.stopReading();
      later(ms, () => proxy.readOn());
    },
  },
  "cut, dials refused": {
    count: [1, 3],
    apply(proxy, { count }) {
      proxy.refuseDials(count);
      proxy.cut();
    },
  },
  "cut, registration refused": {
    apply(proxy) {
      proxy.faults.refuseRegistrations = 1;
      proxy.cut();
    },
  },
  "cut, registration not answered": {
    apply(proxy) {
      proxy.faults.swallowRegistered = 1;
      proxy.cut();
    },
  },
} satisfies Record<string, Definition>;

export type FaultKind = keyof typeof DEFINITIONS;

export type FaultKinds = readonly [FaultKind, ...FaultKind[]];

export const FAULT_KINDS = Object.keys(DEFINITIONS) as unknown as FaultKinds;

export function drawFault(random: Random, kinds: FaultKinds = FAULT_KINDS): Fault {
  const kind = random.pick(kinds);
  const { count = [0, 0], ms = [0, 0] }: Definition = DEFINITIONS[kind];
  return { kind, count: random.int(...count), ms: random.int(...ms) };
}

export function applyFault(proxy: FaultProxy, fault: Fault, later: Later): void {
  const definition: Definition = DEFINITIONS[fault.kind];
  definition.apply(proxy, fault, later);
}

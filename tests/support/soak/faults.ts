import type { Broker } from "../../../src/broker/index.ts";
import { applyFault, drawFault, type Later } from "../chaos/faults.ts";
import type { Random } from "../chaos/random.ts";
import type { FaultProxy } from "../fault-proxy/fault-proxy.ts";

export interface SoakParts {
  readonly broker: Broker;
  readonly proxy: FaultProxy;
  readonly uuid: string;
  readonly random: Random;
  readonly later: Later;
  /** The value of the next call, or of the next change. */
  nextValue(): number;
}

const REFUSALS = ["NIO_ALREADY_CONNECTED", "NIO_UNEXPECTED_REGISTRATION_ERROR"] as const;

/** The faults of a soak: those of the network, and what only the MSB itself can do. */
const FAULTS = {
  // What a client has to live through most often, so it comes most often.
  network: ({ proxy, random, later }) => applyFault(proxy, drawFault(random), later),
  "network again": ({ proxy, random, later }) => applyFault(proxy, drawFault(random), later),
  "broker restarts": ({ broker, random }) => void broker.faults.restart(random.int(0, 1_500)),
  "registrations refused": ({ broker, proxy, random }) => {
    broker.faults.refuseNext("R", { reply: random.pick(REFUSALS), count: random.int(1, 3) });
    if (random.next() < 0.5) {
      proxy.cut();
    }
  },
  "parameter changed, connection cut, broker notices late": (parts) => {
    configure(parts, 1);
    parts.proxy.cut(parts.random.int(100, 2_000));
  },
  "parameters changed": (parts) => configure(parts, parts.random.int(1, 30)),
} satisfies Record<string, (parts: SoakParts) => void>;

const KINDS = Object.keys(FAULTS) as unknown as readonly [keyof typeof FAULTS, ...(keyof typeof FAULTS)[]];

/** @returns what it was */
export function strike(parts: SoakParts): string {
  const kind = parts.random.pick(KINDS);
  FAULTS[kind](parts);
  return kind;
}

/** Calls the function, whether the client is there or not. */
export function call(parts: SoakParts): void {
  ifThere(() => parts.broker.call(parts.uuid, "ECHO", parts.nextValue()));
}

function configure(parts: SoakParts, count: number): void {
  for (let change = 0; change < count; change += 1) {
    ifThere(() => parts.broker.configure(parts.uuid, { limit: parts.nextValue() }));
  }
}

/** Who is not registered can be told nothing. */
function ifThere(act: () => void): void {
  try {
    act();
  } catch (error) {
    if ((error as { code?: string }).code !== "NOT_REGISTERED") {
      throw error;
    }
  }
}

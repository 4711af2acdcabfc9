import { startBroker } from "../../../src/broker/index.ts";
import { MsbClient } from "../../../src/index.ts";
import { identity } from "../client/identity.ts";
import { FaultProxy } from "../fault-proxy/fault-proxy.ts";
import { applyFault, type FaultKind, type FaultKinds } from "./faults.ts";
import { Ledger } from "./ledger.ts";
import { monitorSockets } from "./monitored-socket.ts";
import { makePlan, type Step } from "./plan.ts";

export interface ChaosOptions {
  readonly seed: number;
  readonly events: number;
  readonly faults: number;
  readonly framing: "sockjs" | "raw";
  /** The ids that the events share: 1, or one after the other. */
  readonly ids: number;
  /** Milliseconds. @default 500 */
  readonly ackTimeout?: number;
  /** @default all */
  readonly kinds?: FaultKinds;
  /** Hears of every fault. */
  readonly log?: (line: string) => void;
}

export interface ChaosReport {
  readonly seed: number;
  readonly faults: ReadonlyMap<FaultKind, number>;
  /** Distinct events that the broker accepted. */
  readonly arrived: number;
  readonly duplicates: number;
  /** Publishers that were told so. */
  readonly refused: number;
  readonly dials: number;
  readonly registrations: number;
  readonly seconds: number;
  /** What must not be; empty for a good run. */
  readonly findings: readonly string[];
}

/** Without any progress for so long, in milliseconds, the run is stuck: far above every timeout in it. */
const STUCK = 20_000;

/** Publishes cached events, each a number, through a proxy that breaks as its plan says, and judges what became of them. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { seed, events, framing, ids, ackTimeout = 500, log } = options;
  const started = performance.now();
  const ledger = new Ledger(events);
  const monitor = monitorSockets(framing, numberOf);
  const faults = new Map<FaultKind, number>();
  const timers = new Set<NodeJS.Timeout>();
  let seen = 0;
  let onSeen: { readonly at: number; act(): void } | undefined;
  let registrations = 0;

  await using broker = await startBroker();
  broker.on("event", ({ dataObject }) => ledger.onArrival(dataObject as number));
  broker.on("register", () => {
    registrations += 1;
  });
  await using proxy = await FaultProxy.start(broker.url, {
    onEvent() {
      seen += 1;
      if (onSeen !== undefined && seen >= onSeen.at) {
        onSeen.act();
      }
    },
    onRefused: (frame) => ledger.onRefused(numberOf(frame)),
  });
  const client = new MsbClient({
    ...identity(),
    logLevel: "silent",
    sockJsFraming: framing === "sockjs",
    socket: monitor.factory,
    cached: true,
    eventCacheSize: Math.max(events, 1_000),
    retryPolicy: () => 100,
  });
  const findings: string[] = [];
  client.on("eventDropped", ({ error }) => findings.push(error.message));
  client.on("error", (error) => {
    if (error.code === "HANDLER_FAILED" || error.code === "BAD_MESSAGE") {
      findings.push(error.message);
    }
  });
  const publishers = Array.from({ length: ids }, (_, index) =>
    client.addEvent({ eventId: `E${index}`, dataFormat: "int32" }),
  );

  let next = 0;
  function publish(count: number): void {
    for (const end = next + count; next < end; next += 1) {
      const published = publishers[next % ids]?.publish(next);
      if (published !== undefined) {
        ledger.published(next, published);
      }
    }
  }

  function strike({ fault }: Step, index: number): void {
    faults.set(fault.kind, (faults.get(fault.kind) ?? 0) + 1);
    log?.(
      `${index} ${fault.kind} (count ${fault.count}, ${fault.ms} ms): ${seen} seen, ${ledger.settled} settled`,
    );
    applyFault(proxy, fault, (ms, callback) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        callback();
      }, ms);
      timers.add(timer);
    });
  }

  async function run(): Promise<void> {
    await client.connect(proxy.url);
    await client.register();
    // Not before: these are for what breaks, and whoever is not there yet is not in their way.
    client.set({ ackTimeout, connectTimeout: 500 });
    for (const [index, step] of makePlan(seed, events, options.faults, options.kinds).entries()) {
      // At the very event, and not a turn of the event loop later: as exactly as a seed can repeat it.
      const struck = new Promise<void>((resolve) => {
        onSeen = {
          at: seen + Math.max(1, step.seen),
          act() {
            onSeen = undefined;
            strike(step, index);
            resolve();
          },
        };
      });
      publish(step.publish);
      if (step.seen === 0) {
        (onSeen as { act(): void } | undefined)?.act();
      }
      await struck;
    }
    for (const timer of timers) {
      clearTimeout(timer);
    }
    proxy.heal();
    await client.flush();
  }

  const stuck = await orStuck(run(), () => seen + ledger.settled + proxy.dials);
  if (stuck !== undefined) {
    findings.push(`${stuck}: ${client.state}, ${seen} seen, ${ledger.settled} settled`);
  }
  await client.disconnect();
  return {
    seed,
    faults,
    arrived: ledger.arrived,
    duplicates: ledger.duplicates,
    refused: ledger.refused,
    dials: monitor.sockets,
    registrations,
    seconds: (performance.now() - started) / 1000,
    findings: [...findings, ...ledger.findings(monitor)],
  };
}

/** The number that an event carries, read off the frame. */
export function numberOf(frame: string): number {
  // In SockJS frames the quotes are escaped.
  return Number(/dataObject\\?":(\d+)/.exec(frame)?.[1] ?? Number.NaN);
}

/** @returns what went wrong, where it did */
async function orStuck(run: Promise<void>, progress: () => number): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const stuck = new Promise<string>((resolve) => {
    let last = progress();
    timer = setInterval(() => {
      const now = progress();
      if (now === last) {
        resolve(`no progress for ${STUCK} ms`);
      }
      last = now;
    }, STUCK);
  });
  try {
    return await Promise.race([run.then(() => undefined), stuck]);
  } catch (error) {
    return `the run failed: ${String(error)}`;
  } finally {
    clearInterval(timer);
  }
}

import { MAX_CHECK_TIME } from "../../../src/broker/support/limits.ts";
import { BareClient, FRAMINGS } from "../broker/bare-client.ts";
import { Random } from "../chaos/random.ts";
import { AttackedBroker } from "./attacked-broker.ts";
import { STEPS } from "./attacks.ts";
import { attackerOf } from "./worst-messages.ts";

export interface FuzzOptions {
  readonly seed: number;
  /** Ends after the round in which so many seconds have passed. */
  readonly seconds: number;
  /** Only these steps. @default all */
  readonly steps?: readonly string[];
}

/** Milliseconds of the broker that one step may cost: some are broken off after the time that a check may take. */
export const COST_BOUND = MAX_CHECK_TIME + 100;

/** What one step has cost the broker at most, in milliseconds. */
export type Costs = Map<string, number>;

/** Each round takes every step once, in turn with SockJS framing and without. */
export async function runFuzz({ seed, seconds, steps }: FuzzOptions): Promise<Costs> {
  const random = new Random(seed);
  const costs: Costs = new Map();
  const end = performance.now() + seconds * 1_000;
  await using broker = await AttackedBroker.start(384);
  let round = 0;
  do {
    const framing = FRAMINGS[round % FRAMINGS.length] ?? "raw";
    const client = await broker.orEnd(BareClient.connect(broker.url, framing));
    await broker.orEnd(client.ask(attackerOf("attacker")));
    for (const [name, step] of Object.entries(STEPS)) {
      if (steps !== undefined && !steps.includes(name)) {
        continue;
      }
      const before = await broker.usage();
      await broker.orEnd(step({ url: broker.url, client, random }));
      const after = await broker.usage();
      // The time of all threads counts the collector's, too; that of the loop counts what others on the machine did.
      const cost = Math.min(after.cpu - before.cpu, after.busy - before.busy);
      costs.set(name, Math.max(costs.get(name) ?? 0, Math.round(cost)));
    }
    await broker.orEnd(client.close());
    round += 1;
  } while (performance.now() < end);
  return costs;
}

import { collectGarbage } from "../../sides/serve.mjs";

/**
 * Answers what `bench/growth.ts` asks for: each work gets a size, and resolves to the costs of one unit of it, by name. It is done
 * several times, and the least cost counts: a busy machine adds to it, and takes nothing away.
 */
export function serveGrowth(works) {
  process.on("message", async ({ work, size, warmUp, rounds }) => {
    try {
      // Compiled code first, as in a program that has run for a while.
      await works[work](warmUp);
      const least = {};
      for (let round = 0; round < rounds; round += 1) {
        collectGarbage();
        for (const [name, cost] of Object.entries(await works[work](size))) {
          least[name] = Math.min(least[name] ?? cost, cost);
        }
      }
      process.send({ result: least });
    } catch (error) {
      process.send({ error: String(error?.stack ?? error) });
    }
  });
  process.on("disconnect", () => process.exit());
  process.send({ ready: Object.keys(works) });
}

/**
 * Microseconds for each of `count` units: of the process's CPU, and of time.
 * @returns `name.cpu` and `name.time`
 */
export async function timed(name, count, work) {
  const cpu = process.cpuUsage();
  const started = performance.now();
  await work();
  const elapsed = (performance.now() - started) * 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return { [`${name}.cpu`]: (user + system) / count, [`${name}.time`]: elapsed / count };
}

/** What the server sends for each event. */
export const ANSWER = 'a["IO_PUBLISHED"]';

/** How many events of a size are sent in a round: some dozens of megabytes, and not for ever. */
export function eventsOfSize(size) {
  return Math.max(20, Math.min(10_000, Math.round(20_000_000 / size)));
}

/** Adds the nanoseconds that a byte takes. */
export function withBytes(costs, size) {
  return { ...costs, "byte.cpu": (costs["event.cpu"] * 1_000) / size };
}

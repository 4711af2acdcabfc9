import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
export const collectGarbage = runInNewContext("gc");

/**
 * Runs what `bench/run.ts` asks for. Each work gets a number and resolves when so many events are answered, or calls handled.
 * CPU is user and system time of this process, all its threads included.
 */
export function serve(works) {
  process.on("message", async ({ work, count, warmUp }) => {
    try {
      if (work === "idle") {
        process.send({ result: { heap: await works.idle(count) } });
        return;
      }
      if (warmUp > 0) {
        await works[work](warmUp);
      }
      collectGarbage();
      const cpu = process.cpuUsage();
      const started = performance.now();
      await works[work](count);
      const seconds = (performance.now() - started) / 1_000;
      const { user, system } = process.cpuUsage(cpu);
      process.send({ result: { rate: count / seconds, cpu: (user + system) / count } });
    } catch (error) {
      process.send({ error: String(error?.stack ?? error) });
    }
  });
  process.on("disconnect", () => process.exit());
  process.send({ ready: Object.keys(works) });
}

/** Bytes of heap for each of `count` things that `make` leaves behind. */
export async function measureHeap(count, make) {
  // What is made once for all of them does not count.
  await make(100);
  const before = await usedHeap();
  await make(count);
  return ((await usedHeap()) - before) / count;
}

/** Bytes of heap, when everything that can be freed is. */
export async function usedHeap() {
  for (let round = 0; round < 3; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    collectGarbage();
  }
  return process.memoryUsage().heapUsed;
}

/** The works that wait for answers. @param burst sends so many, and resolves at the last answer */
export const awaited = (burst) => ({
  async windows(count) {
    for (let sent = 0; sent < count; sent += 100) {
      await burst(100);
    }
  },
  async single(count) {
    for (let sent = 0; sent < count; sent += 1) {
      await burst(1);
    }
  },
});

/** Has the other side send so many calls: of the function `F`, or of `F0`, `F1` and so on in turn. */
export function askForCalls(count, functions) {
  process.send({ sink: { calls: count, functions } });
}

/** Resolves at the last of `count` answers. */
export class Answers {
  #left = 0;
  #resolve = () => {};

  wait(count) {
    this.#left = count;
    return new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  count() {
    this.#left -= 1;
    if (this.#left === 0) {
      this.#resolve();
    }
  }
}

/** A complex value: objects in an array in an object. */
export const complexValue = (index) => ({
  device: "Press 7",
  weight: 1.5,
  parts: [
    { id: index, name: "left" },
    { id: index, name: "right" },
  ],
});

import type { MsbClientOptions } from "../../../src/index.ts";
import { settled } from "../../../src/testing/fake-clock.ts";
import { MemoryDisk, MemoryStore } from "./memory-store.ts";
import { scriptedClient } from "./scripted-client.ts";

/** A client on a store in memory, whose disk outlives it. */
export function storedClient(options: MsbClientOptions = {}, disk = new MemoryDisk()) {
  const store = new MemoryStore(disk);
  const scripted = scriptedClient({ store, ...options });
  const { client, last, sentValues } = scripted;
  let answered = 0;
  client.on("stateChange", ({ state }) => {
    if (state === "connecting") {
      answered = 0;
    }
  });
  return {
    ...scripted,
    store,
    disk,
    /** Answers events until nothing more is sent. @returns their values */
    async answerAll(): Promise<unknown[]> {
      for (;;) {
        await settled();
        const sent = sentValues().length;
        if (sent === answered) {
          return sentValues();
        }
        for (; answered < sent; answered += 1) {
          last().serverSends("IO_PUBLISHED");
        }
      }
    },
  };
}

/** How an event is published that outlives the process, and one that waits out a connection. */
export const STORED = { cached: true, until: "stored" } as const;
export const CACHED = { cached: true } as const;

/** A disk that holds events under these keys. */
export function diskWith(...keys: readonly number[]): MemoryDisk {
  const disk = new MemoryDisk();
  for (const key of keys) {
    disk.put(key);
  }
  return disk;
}

export const numbers = (count: number, from = 0): number[] =>
  Array.from({ length: count }, (_, index) => from + index);

/** How many promises ended how: by code, or "stored". */
export async function outcomes(promises: readonly Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const outcome of await Promise.allSettled(promises)) {
    const name = outcome.status === "fulfilled" ? "stored" : (outcome.reason as { code: string }).code;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

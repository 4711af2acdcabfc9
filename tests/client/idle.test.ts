import { expect, test } from "vitest";
import { MsbClient } from "../../src/index.ts";
import { identity } from "../support/client/identity.ts";
import { connectAndRegister } from "../support/client/scripted-client.ts";
import { scriptedSockets } from "../support/client/scripted-socket.ts";
import { collectGarbage } from "../support/collect-garbage.ts";
import { FakeClock } from "../support/fake-clock.ts";

/** What the tests' own sockets keep is in it. A client that makes all its parts at once has 14,000. */
const MOST_BYTES = 4_000;

test("a client that is registered and does nothing has no timer, and keeps little", async () => {
  const clock = new FakeClock();
  const { factory, last } = scriptedSockets();
  const clients: MsbClient[] = [];
  async function make(count: number): Promise<void> {
    for (let made = 0; made < count; made += 1) {
      const client = new MsbClient({ ...identity(), socket: factory, clock });
      await connectAndRegister(client, last);
      clients.push(client);
    }
  }
  async function usedHeap(): Promise<number> {
    for (let round = 0; round < 3; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      collectGarbage();
    }
    return process.memoryUsage().heapUsed;
  }
  // What is made once for all of them does not count.
  await make(100);
  const before = await usedHeap();
  await make(1_000);
  const bytes = ((await usedHeap()) - before) / 1_000;
  expect(clock.pending).toBe(0);
  expect(bytes).toBeLessThan(MOST_BYTES);
  expect(clients.every(({ state }) => state === "registered")).toBe(true);
});

import { expect, test } from "vitest";
import { MsbClient } from "../../src/index.ts";
import { FakeClock } from "../../src/testing/fake-clock.ts";
import { ScriptedServer } from "../../src/testing/scripted-server.ts";
import { identity } from "../support/client/identity.ts";
import { connectAndRegister } from "../support/client/scripted-client.ts";
import { collectGarbage } from "../support/collect-garbage.ts";

/** What the tests' own sockets keep is in it. A client that makes all its parts at once has 14,000. */
const MOST_BYTES = 4_000;

test("a client that is registered and does nothing has no timer, and keeps little", async () => {
  const clock = new FakeClock();
  const server = new ScriptedServer();
  const clients: MsbClient[] = [];
  async function make(count: number): Promise<void> {
    for (let made = 0; made < count; made += 1) {
      const client = new MsbClient({ ...identity(), socket: server.socket, clock });
      await connectAndRegister(client, () => server.last);
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

// The package by its own name: what users get, as built.
import { MsbClient } from "msb-client-websocket";
import * as z from "zod";
import { Answers, askForCalls, complexValue, measureHeap, serve } from "./serve.mjs";

const [url, largest, option] = process.argv.slice(2);
const options = {
  eventCacheSize: Number(largest),
  maxConcurrentCalls: 1_000_000,
  ...JSON.parse(option ?? "{}"),
};
const calls = new Answers();

const client = new MsbClient("SmartObject", "bench-ours", "Bench", "Ours", "token", options);
const int = client.addEvent({ eventId: "INT", dataFormat: z.int32() });
const complex = client.addEvent({
  eventId: "COMPLEX",
  dataFormat: z.object({
    device: z.string(),
    weight: z.number(),
    parts: z.array(z.object({ id: z.int32(), name: z.string() })),
  }),
});
client.addFunction({ functionId: "F", dataFormat: z.int32(), handler: () => calls.count() });
await client.connect(url);
await client.register();

serve({
  start: (count) => burst(int, count, (index) => index),
  int: (count) => burst(int, count, (index) => index),
  complex: (count) => burst(complex, count, complexValue),
  async windows(count) {
    for (let sent = 0; sent < count; sent += 100) {
      const window = [];
      for (let index = 0; index < 100; index += 1) {
        window.push(int.publish(index));
      }
      await Promise.all(window);
    }
  },
  async single(count) {
    for (let sent = 0; sent < count; sent += 1) {
      await int.publish(sent);
    }
  },
  async calls(count) {
    const done = calls.wait(count);
    askForCalls(count);
    await done;
  },
  async idle(count) {
    const clients = [];
    const heap = await measureHeap(count, async (some) => {
      for (let made = 0; made < some; made += 1) {
        const each = new MsbClient("SmartObject", `idle-${clients.length}`, "Idle", "Idle", "token");
        clients.push(each);
        await each.connect(url);
        await each.register();
      }
    });
    await Promise.all(clients.map((each) => each.disconnect()));
    return heap;
  },
});

function burst(event, count, value) {
  for (let index = 0; index < count; index += 1) {
    event.publish(value(index));
  }
  return client.flush();
}

// The package by its own name: what users get, as built.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MsbClient } from "msb-client-websocket";
import { levelStore } from "msb-client-websocket/level-store";
import * as z from "zod";
import { Answers, askForCalls, usedHeap } from "../../sides/serve.mjs";
import { eventsOfSize, serveGrowth, timed, withBytes } from "./measure.mjs";

const [url] = process.argv.slice(2);
/** Calls that are handled in each round, however many functions there are. */
const CALLS = 20_000;
let clients = 0;

serveGrowth({
  /** Events that are published before there is a connection, and sent when there is one. */
  async cache(count) {
    const { client, event } = createPublisher(z.int32(), { eventCacheSize: count });
    const before = await usedHeap();
    const publishing = await timed("publish", count, () => publish(event, count, { cached: true }));
    const heap = ((await usedHeap()) - before) / count;
    await client.connect(url);
    const draining = await timed("drain", count, async () => {
      await client.register();
      await client.flush();
    });
    await client.disconnect();
    return { ...publishing, heap, ...draining };
  },

  async payload(size) {
    const events = eventsOfSize(size);
    const { client, event } = createPublisher(z.string(), {
      eventCacheSize: events,
      maxMessageSize: 10_000_000,
    });
    await client.connect(url);
    await client.register();
    const value = "x".repeat(size);
    const costs = await timed("event", events, () => {
      for (let sent = 0; sent < events; sent += 1) {
        event.publish(value);
      }
      return client.flush();
    });
    await client.disconnect();
    return withBytes(costs, size);
  },

  async clients(count) {
    const made = [];
    const before = await usedHeap();
    const connecting = await timed("connect", count, async () => {
      while (made.length < count) {
        const client = createClient();
        made.push(client);
        await client.connect(url);
        await client.register();
      }
    });
    const heap = ((await usedHeap()) - before) / count;
    await Promise.all(made.map((client) => client.disconnect()));
    return { ...connecting, heap };
  },

  /** Functions of one client, each with an event of its own as its answer. */
  async functions(count) {
    const calls = new Answers();
    const client = createClient({ maxMessageSize: 100_000_000, maxConcurrentCalls: 1_000_000 });
    const adding = await timed("add", count, () => {
      for (let index = 0; index < count; index += 1) {
        const answer = client.addEvent({ eventId: `ANSWER_${index}`, dataFormat: z.int32() });
        client.addFunction({
          functionId: `F${index}`,
          dataFormat: z.int32(),
          responseEvents: [answer],
          handler: () => calls.count(),
        });
      }
    });
    await client.connect(url);
    const registering = await timed("register", count, () => client.register());
    const calling = await timed("call", CALLS, () => {
      const done = calls.wait(CALLS);
      askForCalls(CALLS, count);
      return done;
    });
    await client.disconnect();
    return { ...adding, ...registering, ...calling };
  },

  memory: (count) => outage(count, {}, { cached: true }),

  async level(count) {
    const folder = await mkdtemp(join(tmpdir(), "msb-growth-"));
    try {
      return await outage(count, { store: levelStore(folder) }, { cached: true, until: "stored" });
    } finally {
      await rm(folder, { recursive: true });
    }
  },
});

/** The server goes away, events are published meanwhile, and it comes back. */
async function outage(count, options, publishOptions) {
  const { client, event } = createPublisher(z.int32(), {
    eventCacheSize: count,
    storeSize: count,
    retryPolicy: () => 200,
    logLevel: "silent",
    ...options,
  });
  await client.connect(url);
  await client.register();
  const lost = reached(client, "reconnecting");
  process.send({ sink: { outage: true } });
  await lost;
  const keeping = await timed("keep", count, () => publish(event, count, publishOptions));
  const back = reached(client, "registered");
  process.send({ sink: { outage: false } });
  await back;
  const flushing = await timed("flush", count, () => client.flush());
  await client.disconnect();
  return { ...keeping, ...flushing };
}

/** @returns resolves when every event is stored, if that is what is waited for */
async function publish(event, count, options) {
  let last;
  for (let index = 0; index < count; index += 1) {
    last = event.publish(index, options);
  }
  // What is stored is stored in order.
  await (options.until === "stored" ? last : undefined);
}

function reached(client, wanted) {
  return new Promise((resolve) => {
    const stop = client.on("stateChange", ({ state }) => {
      if (state === wanted) {
        stop();
        resolve();
      }
    });
  });
}

function createPublisher(dataFormat, options) {
  const client = createClient(options);
  return { client, event: client.addEvent({ eventId: "E", dataFormat }) };
}

function createClient(options) {
  clients += 1;
  return new MsbClient("SmartObject", `growth-${clients}`, "Growth", "Made by a benchmark", "token", options);
}

import { expect, onTestFinished, test } from "vitest";
import { type Broker, type BrokerOptions, startBroker } from "../../../src/broker/index.ts";
import { BareClient } from "../../support/broker/bare-client.ts";
import { describeService, eventMessage } from "../../support/broker/describe.ts";
import { ask } from "../../support/broker/rest.ts";

interface Entry {
  readonly seq: number;
  readonly direction: string;
  readonly kind: string;
  readonly uuid?: string;
  readonly name?: string;
  readonly text: string;
  readonly size: number;
  readonly level: string;
  readonly note?: string;
}
interface Batch {
  readonly entries: Entry[];
  readonly omitted: number;
  readonly lastSeq: number;
  readonly counters: { readonly eventsAccepted: number };
  readonly revision: { readonly services: number };
}

/** Reads Server-Sent Events. */
async function* watch(
  broker: Broker,
  query = "",
  headers: Record<string, string> = {},
): AsyncGenerator<Batch> {
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const response = await fetch(`${broker.url}/broker/trace${query}`, { headers, signal: abort.signal });
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  let text = "";
  for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const events = text.split("\n\n");
    text = events.pop() ?? "";
    for (const event of events) {
      const [, data] = /^event: batch\nid: \d+\ndata: (.*)$/s.exec(event) ?? [];
      yield JSON.parse(data ?? "");
    }
  }
}

/** Entries until one that is true of. */
async function until(batches: AsyncGenerator<Batch>, isLast: (entry: Entry) => boolean): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (;;) {
    const { value, done } = await batches.next();
    entries.push(...(value?.entries ?? []));
    if (done === true || entries.some(isLast)) {
      return entries;
    }
  }
}

async function start(options: BrokerOptions = {}): Promise<{ broker: Broker; client: BareClient }> {
  const broker = await startBroker(options);
  onTestFinished(() => broker.close());
  const client = await (await BareClient.connect(broker.url, "sockjs")).register(describeService("u1"));
  return { broker, client };
}

test("the trace is live, in batches, and starts with what is kept", async () => {
  const { broker, client } = await start();
  const batches = watch(broker);
  const first = await batches.next();
  expect(first.value.entries.map(({ kind, text }: Entry) => `${kind} ${text.slice(0, 13)}`)).toEqual([
    "note Connected fro",
    "reply IO_CONNECTED",
    'R R {"@class":"',
    "reply IO_REGISTERED",
  ]);
  await client.ask(eventMessage("u1", { correlationId: "c1" }));
  await client.ask(eventMessage("u1", { eventId: "no" }));
  broker.call("u1", "F1", "x");
  const entries = await until(batches, ({ kind }) => kind === "C");
  expect(entries).toMatchObject([
    { seq: 5, direction: "in", kind: "E", uuid: "u1", name: "E1", correlationId: "c1", level: "info" },
    { seq: 6, direction: "out", kind: "reply", uuid: "u1", text: "IO_PUBLISHED" },
    {
      kind: "E",
      level: "warn",
      note: 'NIO_EVENT_FORWARDING_ERROR: "u1" has not declared an event "no"',
    },
    { kind: "reply", text: "NIO_EVENT_FORWARDING_ERROR" },
    { seq: 9, direction: "out", kind: "C", uuid: "u1", name: "F1" },
  ]);
});

test("the trace can be filtered, and taken up where it was left", async () => {
  const { broker, client } = await start();
  await client.register(describeService("u2"));
  const filtered = watch(broker, "?uuid=u2&kind=E,C&contains=NEEDLE&backlog=0");
  expect((await filtered.next()).value.entries).toEqual([]);
  await client.ask(eventMessage("u1", { dataObject: "needle" }));
  await client.ask(eventMessage("u2", { dataObject: "other" }));
  await client.ask(eventMessage("u2", { dataObject: "a Needle here" }));
  const entries = await until(filtered, () => true);
  expect(entries).toMatchObject([{ kind: "E", uuid: "u2", text: expect.stringContaining("a Needle") }]);
  const seq = entries[0]?.seq ?? 0;
  const again = await watch(broker, "", { "Last-Event-ID": String(seq - 1) }).next();
  expect(again.value.entries[0]?.seq).toBe(seq);
  for (const query of ["?limit=x", "?backlog=-1", "?limit=1000000"]) {
    expect((await ask(broker.url, "GET", `/broker/trace${query}`)).status).toBe(400);
  }
});

test("too much is sampled, warnings first, and it is said how much is missing", async () => {
  const { broker, client } = await start();
  const batches = watch(broker, "?kind=E&limit=100&backlog=0");
  await batches.next();
  const count = 3_000;
  client.send(
    ...Array.from({ length: count }, (_, index) =>
      eventMessage("u1", index === 1_500 ? { eventId: "no" } : {}),
    ),
  );
  let [seen, omitted, warnings] = [0, 0, 0];
  for await (const batch of batches) {
    seen += batch.entries.length;
    omitted += batch.omitted;
    warnings += batch.entries.filter(({ level }) => level === "warn").length;
    expect(batch.entries.length).toBeLessThanOrEqual(10);
    if (seen + omitted >= count) {
      break;
    }
  }
  expect([seen + omitted, warnings]).toEqual([count, 1]);
});

test("a batch says when services change, and comes even when nothing happens", async () => {
  const { broker, client } = await start();
  const batches = watch(broker, "?kind=K");
  const { revision } = (await batches.next()).value;
  await client.register(describeService("u2"));
  for await (const batch of batches) {
    if (batch.revision.services > revision.services) {
      break;
    }
  }
});

test("the last messages are kept, long ones cut", async () => {
  const { broker, client } = await start({ maxTrace: 5 });
  await client.ask(eventMessage("u1", { dataObject: "x".repeat(10_000) }));
  const { body } = await ask(broker.url, "GET", "/broker/messages");
  expect(body.entries).toHaveLength(5);
  expect(body.lastSeq).toBe(6);
  const event: Entry = body.entries.at(-2);
  expect([event.kind, event.text.length, event.size > 10_000]).toEqual(["E", 4_000, true]);
  const after = await ask(broker.url, "GET", `/broker/messages?after=${event.seq}&limit=10`);
  expect(after.body.entries).toMatchObject([{ text: "IO_PUBLISHED" }]);
});

test("watching ends with the broker, and does not keep it from ending", async () => {
  const { broker } = await start();
  const batches = watch(broker);
  await batches.next();
  await broker.close();
  while (!(await batches.next()).done) {
    // What was on its way.
  }
});

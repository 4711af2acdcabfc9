import { describe, expect, onTestFinished, test } from "vitest";
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
  readonly isCut?: boolean;
  readonly level: string;
  readonly note?: string;
  readonly correlationId?: string;
  readonly answer?: object;
}
interface Batch {
  readonly entries: Entry[];
  readonly omitted: number;
  readonly answers: { readonly to: number; readonly reply?: string; readonly took?: number }[];
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
  // A page that was connected with the broker that was here before has another count.
  const restarted = await watch(broker, "", { "Last-Event-ID": "100000" }).next();
  expect(restarted.value.entries[0]?.seq).toBe(1);
  for (const query of ["?limit=x", "?backlog=-1", "?limit=1000000"]) {
    expect((await ask(broker.url, "GET", `/broker/trace${query}`)).status).toBe(400);
  }
});

test("a watcher that was away hears of the answers to what it has seen before", async () => {
  const { broker, client } = await start();
  broker.faults.delay(2_000);
  const watcher = watch(broker, "?kind=E&folded=true");
  client.send(eventMessage("u1"));
  const [entry] = await until(watcher, ({ kind }) => kind === "E");
  expect(entry?.answer).toEqual({});
  const seq = entry?.seq ?? 0;
  const soon = watch(broker, "?kind=E&folded=true", { "Last-Event-ID": String(seq) });
  await client.expect("IO_PUBLISHED");
  const reply = { to: seq, reply: "IO_PUBLISHED", seq: expect.any(Number), took: expect.any(Number) };
  for await (const { entries, answers } of soon) {
    expect(entries).toEqual([]);
    if (answers.length > 0) {
      expect(answers).toEqual([reply]);
      break;
    }
  }
  const late = await watch(broker, "?kind=E&folded=true", { "Last-Event-ID": String(seq) }).next();
  expect(late.value).toMatchObject({ entries: [], answers: [reply] });
  const later = String(late.value.lastSeq);
  const none = await watch(broker, "?kind=E&folded=true", { "Last-Event-ID": later }).next();
  expect(none.value).toMatchObject({ entries: [], answers: [] });
});

test("who asks only for the head of the trace does not take the place of a watcher", async () => {
  const { broker } = await start();
  for (let index = 0; index < 60; index += 1) {
    const { status, headers } = await fetch(`${broker.url}/broker/trace`, { method: "HEAD" });
    expect([status, headers.get("content-type")]).toEqual([200, "text/event-stream"]);
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
  const began = performance.now();
  for await (const batch of batches) {
    seen += batch.entries.length;
    omitted += batch.omitted;
    warnings += batch.entries.filter(({ level }) => level === "warn").length;
    // A second's worth may come at once, and no more than that in each further second.
    const seconds = (performance.now() - began) / 1_000;
    expect(seen).toBeLessThanOrEqual(100 + Math.ceil(seconds * 10 + 1) * 10);
    if (seen + omitted >= count) {
      break;
    }
  }
  expect([seen + omitted, warnings]).toEqual([count, 1]);
});

test("a burst of fewer than fit into a second is shown whole", async () => {
  const { broker, client } = await start();
  const batches = watch(broker, "?kind=E&limit=100&backlog=0");
  await batches.next();
  client.send(...Array.from({ length: 90 }, () => eventMessage("u1")));
  let [seen, omitted] = [0, 0];
  for await (const batch of batches) {
    seen += batch.entries.length;
    omitted += batch.omitted;
    if (seen + omitted >= 90) {
      break;
    }
  }
  expect([seen, omitted]).toEqual([90, 0]);
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
  expect([event.kind, event.text.length, event.size > 10_000, event.isCut]).toEqual(["E", 4_000, true, true]);
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

describe("an answer stands with its message", () => {
  const E = (changes: object) => eventMessage("u1", changes);

  test("also that of a refused one; the answers themselves can be left out", async () => {
    const { broker, client } = await start();
    await client.ask(E({ correlationId: "c1" }));
    await client.ask(E({ eventId: "no" }));
    const { body } = await ask(broker.url, "GET", "/broker/messages?kind=E,reply&after=4");
    expect(body.entries).toMatchObject([
      { seq: 5, answer: { reply: "IO_PUBLISHED", seq: 6, took: expect.any(Number) } },
      { seq: 6, text: "IO_PUBLISHED", answers: 5 },
      { seq: 7, answer: { reply: "NIO_EVENT_FORWARDING_ERROR", seq: 8 } },
      { seq: 8, answers: 7 },
    ]);
    const folded = await ask(broker.url, "GET", "/broker/messages?folded=true");
    expect(folded.body.entries.map(({ seq }: Entry) => seq)).toEqual([1, 2, 3, 5, 7]);
    // Who looks for a refusal finds the message that was refused.
    const refused = await ask(broker.url, "GET", "/broker/messages?folded=true&contains=nio_event");
    expect(refused.body.entries).toMatchObject([{ seq: 7 }]);
    expect((await ask(broker.url, "GET", "/broker/messages?folded=yes")).body.issues).toEqual([
      { path: "folded", message: 'must be true or false, not "yes"' },
    ]);
  });

  test("one that comes late is told later, and never of another message", async () => {
    const { broker, client } = await start();
    const batches = watch(broker, "?kind=E&backlog=0&folded=true");
    await batches.next();
    broker.faults.stopAcknowledging("E");
    client.send(E({ correlationId: "silent" }));
    await broker.waitForEvent({ correlationId: "silent" });
    broker.faults.resumeAcknowledging("E");
    // Later than the batch that has the messages, however busy the machine is.
    broker.faults.delay(2_000);
    client.send(E({ correlationId: "late" }), E({ correlationId: "later", eventId: "no" }));
    const seqs = new Map<string | undefined, number>();
    const answers = new Map<number, string | undefined>();
    for await (const { entries, answers: late } of batches) {
      for (const { correlationId, seq, answer } of entries) {
        seqs.set(correlationId, seq);
        expect(answer).toEqual({});
      }
      for (const { to, reply, took } of late) {
        answers.set(to, reply);
        expect(took).toBeGreaterThan(300);
      }
      if (answers.size === 2) {
        break;
      }
    }
    expect(answers.get(seqs.get("late") ?? 0)).toBe("IO_PUBLISHED");
    expect(answers.get(seqs.get("later") ?? 0)).toBe("NIO_EVENT_FORWARDING_ERROR");
    expect(answers.has(seqs.get("silent") ?? 0)).toBe(false);
  });

  test("in a sample, too: all that are shown have their own", async () => {
    const { broker, client } = await start();
    const batches = watch(broker, "?kind=E&limit=100&backlog=0&folded=true");
    await batches.next();
    const isWrong = (index: number) => index % 7 === 0;
    client.send(
      ...Array.from({ length: 2_000 }, (_, index) =>
        E({ correlationId: String(index), ...(isWrong(index) ? { eventId: "no" } : {}) }),
      ),
    );
    let count = 0;
    for await (const { entries, omitted } of batches) {
      count += entries.length + omitted;
      for (const { correlationId, answer } of entries) {
        const reply = isWrong(Number(correlationId)) ? "NIO_EVENT_FORWARDING_ERROR" : "IO_PUBLISHED";
        expect(answer).toMatchObject({ reply });
      }
      if (count >= 2_000) {
        break;
      }
    }
  });
});

test("a call that a flow made names its event, even if that has no correlation id", async () => {
  const { broker, client } = await start();
  broker.addFlow({ from: { uuid: "u1", eventId: "E1" }, to: { uuid: "u1", functionId: "F1" } });
  client.send(eventMessage("u1"));
  await client.expect("IO_PUBLISHED");
  await client.nextJson("C");
  broker.publish("u1", "E1", "x");
  await client.nextJson("C");
  const { body } = await ask(broker.url, "GET", "/broker/messages?kind=E,C");
  const [event, call, published, second] = body.entries;
  expect([call.cause, second.cause]).toEqual([event.seq, published.seq]);
});

test("a long message can be asked for whole, its token hidden, as long as it is kept", async () => {
  const { broker, client } = await start({ maxTrace: 3 });
  await client.register(describeService("u2", { description: "d".repeat(20_000), token: "secret" }));
  const whole = await ask(broker.url, "GET", "/broker/messages/5");
  expect(whole.body).toMatchObject({ seq: 5, kind: "R", answer: { reply: "IO_REGISTERED" } });
  expect(whole.body).not.toHaveProperty("isCut");
  expect(JSON.parse(whole.body.text.slice(2))).toMatchObject({ uuid: "u2", token: "•••" });
  expect(whole.body.text).toHaveLength(whole.body.size + "•••".length - "secret".length);
  const value = "x".repeat(900_000);
  for (let count = 0; count < 2; count += 1) {
    await client.ask(eventMessage("u1", { dataObject: value }));
  }
  // There is room for it, but only the last three are kept at all.
  expect((await ask(broker.url, "GET", "/broker/messages/9")).body.text).toContain(value);
  expect((await ask(broker.url, "GET", "/broker/messages/1")).status).toBe(404);
  for (const seq of ["99", "x", "-1"]) {
    const { status, body } = await ask(broker.url, "GET", `/broker/messages/${seq}`);
    expect([status, body.error]).toEqual([404, `The trace has no message "${seq}", or no longer.`]);
  }
});

import { describe, expect, it, onTestFinished } from "vitest";
import { WebSocketServer } from "ws";
import * as z from "zod";
import type { SessionState } from "../../src/index.ts";
import { FakeClock } from "../../src/testing/fake-clock.ts";
import { FRAMINGS, testBroker, testClient } from "../support/setup.ts";
import { generateTexts } from "../support/texts.ts";

const Reading = z.object({ celsius: z.number(), at: z.iso.datetime() }).meta({ id: "Reading" });

describe.each(FRAMINGS)("the whole way, $framing framing", ({ sockJsFraming }) => {
  it("describe, connect, register, publish, answer a call, disconnect", async () => {
    const broker = await testBroker();
    const client = testClient({ sockJsFraming });
    const reading = client.addEvent({
      eventId: "READING",
      dataFormat: Reading,
      priority: "HIGH",
    });
    const doubled = client.addEvent({ eventId: "DOUBLED", dataFormat: z.int32() });
    client.addFunction({
      functionId: "DOUBLE",
      dataFormat: z.int32(),
      responseEvents: [doubled],
      handler: async ({ dataObject }) => dataObject * 2,
    });

    await client.connect(broker.url);
    await client.register();
    expect(broker.services.get(client.uuid)?.selfDescription).toEqual(client.getSelfDescription());

    const value = { celsius: 21.5, at: "2017-07-14T02:40:00.123Z" };
    const published = await reading.publish(value, { correlationId: "c1", postDate: value.at });
    expect(published).toEqual({ eventId: "READING", postDate: value.at, correlationId: "c1" });
    expect(broker.events).toEqual([
      expect.objectContaining({
        uuid: client.uuid,
        eventId: "READING",
        priority: 2,
        dataObject: value,
        correlationId: "c1",
      }),
    ]);

    const response = broker.waitForEvent({ eventId: "DOUBLED" });
    broker.call(client.uuid, "DOUBLE", 21, { correlationId: "c2" });
    await expect(response).resolves.toMatchObject({ dataObject: 42, correlationId: "c2" });

    await client.disconnect();
    expect(client.state).toBe("disconnected");
    await client.connect(broker.url);
    await client.register();
    expect(client.isRegistered()).toBe(true);
  });

  it("1,000 texts survive publish and call unchanged", async () => {
    const texts = generateTexts(1_000);
    const broker = await testBroker();
    const client = testClient({ sockJsFraming });
    const said = client.addEvent({ eventId: "SAID", dataFormat: "string" });
    const heard = client.addEvent({ eventId: "HEARD", dataFormat: z.object({ text: z.string() }) });
    client.addFunction({
      functionId: "HEAR",
      dataFormat: "string",
      responseEvents: [heard],
      handler: ({ dataObject }) => ({ text: dataObject }),
    });
    await client.connect(broker.url);
    await client.register();

    await Promise.all(texts.map((text) => said.publish(text, { correlationId: text })));
    expect(broker.events.map(({ dataObject }) => dataObject)).toEqual(texts);
    expect(broker.events.map(({ correlationId }) => correlationId)).toEqual(texts);

    const last = broker.waitForEvent({ eventId: "HEARD", correlationId: "the last" });
    for (const text of texts) {
      broker.call(client.uuid, "HEAR", text, { correlationId: text });
    }
    broker.call(client.uuid, "HEAR", "", { correlationId: "the last" });
    await last;
    const answers = broker.events.filter(({ eventId }) => eventId === "HEARD").slice(0, -1);
    expect(answers.map(({ dataObject }) => dataObject)).toEqual(texts.map((text) => ({ text })));
    expect(answers.map(({ correlationId }) => correlationId)).toEqual(texts);
  });

  it("two clients with identities of their own in one process, one calling the other by a flow", async () => {
    const sender = testClient({ sockJsFraming });
    const receiver = testClient({ sockJsFraming, type: "Application" });
    const broker = await testBroker({
      flows: [{ from: { uuid: sender.uuid, eventId: "OUT" }, to: { uuid: receiver.uuid, functionId: "IN" } }],
    });
    const out = sender.addEvent({ eventId: "OUT", dataFormat: "double", isArray: true });
    const received = new Promise((resolve) => {
      receiver.addFunction({ functionId: "IN", dataFormat: "double", isArray: true, handler: resolve });
    });
    await Promise.all([sender, receiver].map((client) => client.connect(broker.url)));
    await Promise.all([sender, receiver].map((client) => client.register()));
    expect([...broker.services.keys()].sort()).toEqual([sender.uuid, receiver.uuid].sort());

    await out.publish([1.5, -2], { correlationId: "c" });
    await expect(received).resolves.toMatchObject({
      dataObject: [1.5, -2],
      correlationId: "c",
      functionId: "IN",
    });
  });

  it("a uuid that is connected already is refused by name", async () => {
    const broker = await testBroker();
    const [first, second] = [testClient({ sockJsFraming }), testClient({ sockJsFraming, uuid: "same" })];
    const third = testClient({ sockJsFraming, uuid: "same" });
    for (const client of [first, second]) {
      await client.connect(broker.url);
      await client.register();
    }
    await third.connect(broker.url);
    await expect(third.register()).rejects.toMatchObject({ reply: "NIO_ALREADY_CONNECTED" });
    expect(second.isRegistered()).toBe(true);
  });

  it("connects and registers again after a cut", async () => {
    const broker = await testBroker();
    const clock = new FakeClock();
    const client = testClient({ sockJsFraming, clock, random: () => 0 });
    const reached = (wanted: SessionState): Promise<void> =>
      new Promise((resolve) => void client.on("stateChange", ({ state }) => state === wanted && resolve()));
    await client.connect(broker.url);
    await client.register();
    const [lost, again] = [reached("reconnecting"), reached("registered")];
    broker.cut(client.uuid);
    await lost;
    await clock.advance(10_000);
    await again;
    expect(broker.services.has(client.uuid)).toBe(true);
  });
});

it("a frame with three messages, one of them a call, from a server that is not ours, is handled whole", async () => {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  onTestFinished(() => server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const client = testClient();
  const event = client.addEvent({ eventId: "E" });
  const called = new Promise((resolve) => {
    client.addFunction({
      functionId: "F",
      dataFormat: "string",
      handler: ({ dataObject }) => resolve(dataObject),
    });
  });
  const frames: string[] = [];
  server.on("connection", (socket) => {
    const call = `C {"uuid":"${client.uuid}","functionId":"F","functionParameters":{"dataObject":"a \\"quoted\\" text"}}`;
    socket.send("o");
    socket.send('a["IO_CONNECTED"]');
    socket.on("message", (data) => {
      const frame = String(data);
      frames.push(frame);
      if (frame.includes("R {")) {
        socket.send('a["IO_REGISTERED"]');
      }
      if (frame.includes("E {")) {
        socket.send(`a${JSON.stringify(["ping", call, "IO_PUBLISHED"])}`);
      }
    });
  });
  const address = server.address();
  if (typeof address !== "object" || address === null) {
    throw new Error("no port");
  }
  await client.connect(`ws://127.0.0.1:${address.port}`);
  await client.register();
  await event.publish();
  await expect(called).resolves.toBe('a "quoted" text');
  await expect.poll(() => frames.at(-1)).toBe('["pong"]');
});

it("cannot connect where nothing listens", async () => {
  const broker = await testBroker();
  await broker.close();
  const client = testClient();
  await expect(client.connect(broker.url)).rejects.toMatchObject({
    code: "CONNECT_FAILED",
    message: expect.stringContaining("ECONNREFUSED"),
  });
});

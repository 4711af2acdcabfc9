import { describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { contract, type Json } from "../../../src/index.ts";
import { settled } from "../../../src/testing/fake-clock.ts";
import { press } from "../../support/client/press.ts";
import { scriptedClient, URL } from "../../support/client/scripted-client.ts";
import { storedClient } from "../../support/client/stored-client.ts";
import { testBroker, testClient } from "../../support/setup.ts";

type Scripted = ReturnType<typeof scriptedClient>;

/** The events that were sent on the newest socket. */
function sent({ last }: Pick<Scripted, "last">): { readonly correlationId: string }[] {
  return last()
    .messages.filter((message) => message.startsWith("E "))
    .map((message) => JSON.parse(message.slice(2)));
}

/** The connection breaks, and the next one is registered. */
async function reconnect({ client, clock, last, sockets, serverRegisters }: Scripted): Promise<void> {
  const before = sockets.length;
  last().serverCloses();
  for (let waited = 0; sockets.length === before && waited < 100; waited += 1) {
    await clock.advance(100);
  }
  await serverRegisters();
  expect(client.state).toBe("registered");
}

/** A counterpart of a press, registered. */
async function registeredMachine() {
  const scripted = scriptedClient();
  const machine = scripted.client.counterpart(press, { uuid: "press-7" });
  await scripted.register();
  const speedChanged = (value: number, correlationId = "none") =>
    scripted
      .last()
      .serverSends(
        `C {"uuid":"${scripted.client.uuid}","functionId":"press-7.SPEED_CHANGED","correlationId":"${correlationId}","functionParameters":{"dataObject":${value}}}`,
      );
  return { scripted, machine, speedChanged };
}

describe("a call that was sent, and is over before the MSB has acknowledged it", () => {
  // Nobody waits for it any more: the machine must not do it when the connection is there again.
  it("is not sent again after its timeout", async () => {
    const { scripted, machine } = await registeredMachine();
    const call = machine.call("SET_SPEED", 5, { timeout: 1_000, cached: true });
    const outcome = expect(call).rejects.toMatchObject({ code: "TIMEOUT" });
    await scripted.clock.advance(1_000);
    await outcome;
    expect(sent(scripted)).toHaveLength(1);
    await reconnect(scripted);
    expect(sent(scripted)).toEqual([]);
    expect(scripted.errors).toEqual([]);
  });

  // The machine has done it: it must not do it twice.
  it("is not sent again after its answer", async () => {
    const { scripted, machine, speedChanged } = await registeredMachine();
    const call = machine.call("SET_SPEED", 5, { cached: true });
    await settled();
    speedChanged(5, sent(scripted)[0]?.correlationId);
    expect(await call).toBe(5);
    await reconnect(scripted);
    expect(sent(scripted)).toEqual([]);
  });
});

describe("a call that waits for a connection", () => {
  // Its caller hears of DISCONNECTED, or is gone with its process: nothing is left that would be sent some day.
  it("is not in the store", async () => {
    const { client, register, last, disk } = storedClient();
    const machine = client.counterpart(press, { uuid: "press-7" });
    await register();
    last().serverCloses();
    await settled();
    const call = machine.call("SET_SPEED", 5, { cached: true });
    const outcome = expect(call).rejects.toMatchObject({ code: "DISCONNECTED" });
    await settled();
    expect(disk.keys).toEqual([]);
    await client.disconnect();
    await outcome;
    await register();
    expect(sent({ last })).toEqual([]);
  });

  // Whoever publishes its event to the store by hand asks for that.
  it("is stored if it is published with until: stored", async () => {
    const { client, register, disk } = storedClient();
    client.counterpart(press, { uuid: "press-7" });
    await register();
    await client.publish("press-7.SET_SPEED", 5, { cached: true, until: "stored" });
    expect(disk.keys).toHaveLength(1);
  });
});

describe("a stream that was returned", () => {
  // After done comes nothing more.
  it("gets no value, though a listener of the same event returned it", async () => {
    const { machine, speedChanged } = await registeredMachine();
    const streams: AsyncIterator<number>[] = [];
    machine.on("SPEED_CHANGED", () => void streams[0]?.return?.());
    const stream = machine.events("SPEED_CHANGED");
    streams.push(stream);
    speedChanged(5);
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it("does not throw the error that ended the client while values waited", async () => {
    const { client, register, last } = scriptedClient({ autoReconnect: false });
    const machine = client.counterpart(press, { uuid: "press-7" });
    await register();
    const stream = machine.events("SPEED_CHANGED");
    last().serverCloses();
    await settled();
    await stream.return();
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });
});

describe("a contract", () => {
  // What every object inherits is not a handler that somebody wrote.
  it("with functions called as something that every object has needs handlers for them", () => {
    const odd = contract({ functions: { constructor: null, toString: null, START: null } });
    const handler = () => undefined;
    expect(() => testClient().implement(odd, { START: handler } as never)).toThrow(
      "implement(): handlers.constructor: is missing: the function to run; handlers.toString: is missing: the function to run",
    );
    const device = testClient().implement(odd, { constructor: handler, toString: handler, START: handler });
    expect(Object.keys(device.functions)).toEqual(["constructor", "toString", "START"]);
  });

  // A definition of a data format may have any name: only named parameters are mapped one by one.
  it("with a definition that is called parameters is called with the whole value", async () => {
    const broker = await testBroker();
    const format: { dataObject: Json; [name: string]: Json } = {
      dataObject: { $ref: "#/definitions/parameters" },
      parameters: { type: "object", properties: { type: { type: "string" } } },
    };
    const odd = contract({
      events: { DONE: z.string() },
      functions: { RUN: { dataFormat: format, responds: "DONE" }, SHORT: format },
    });
    const client = testClient();
    const received: unknown[] = [];
    client.implement(odd, {
      RUN: ({ dataObject }) => dataObject.type,
      SHORT: ({ dataObject }) => void received.push(dataObject),
    });
    const dashboard = testClient();
    const machine = dashboard.counterpart(odd, { uuid: client.uuid });
    for (const flow of machine.flows) {
      broker.addFlow(flow);
    }
    await Promise.all([client.start(broker.url), dashboard.start(broker.url)]);
    expect(await machine.call("RUN", { type: "a" })).toBe("a");
    await machine.call("SHORT", { type: "b" });
    await expect.poll(() => received).toEqual([{ type: "b" }]);
  });

  // No parameters are no payload.
  it("with an empty list of parameters is called with {}, or with nothing", async () => {
    const broker = await testBroker();
    const empty = contract({
      events: { DONE: null },
      functions: { RUN: { parameters: {}, responds: "DONE" } },
    });
    const client = testClient();
    client.implement(empty, { RUN: () => undefined });
    const dashboard = testClient();
    const machine = dashboard.counterpart(empty, { uuid: client.uuid });
    await Promise.all([client.start(broker.url), dashboard.start(broker.url)]);
    await machine.deployFlows(broker.url);
    expect(await machine.call("RUN", {})).toBeUndefined();
    expect(await machine.call("RUN", {}, { timeout: 5_000 })).toBeUndefined();
    await expect(machine.call("RUN", { speed: 5 } as never)).rejects.toMatchObject({ code: "INVALID_VALUE" });
  });
});

// A contract in CommonJS beside a client in ESM, or in a package of its own with a dependency of its own.
it("a contract that another copy of this package made is one all the same", async () => {
  vi.resetModules();
  const other: typeof import("../../../src/index.ts") = await import("../../../src/index.ts");
  const theirs = other.contract({
    events: {
      DONE: other.DataType.INT32,
      MOVED: new other.ComplexDataFormat("Move").addProperty("x", "int32"),
    },
    functions: { RUN: { parameters: { n: z.int32() }, responds: "DONE" } },
    parameters: { limit: { type: "int32", value: 80 } },
  });
  expect(theirs).not.toBeInstanceOf(contract({}).constructor);
  const broker = await testBroker();
  const client = testClient();
  const device = client.implement(theirs, { RUN: ({ parameters }) => parameters.n * 2 });
  expect(device.contract).toBe(theirs);
  expect(device.parameters.limit.value).toBe(80);
  const dashboard = testClient();
  const machine = dashboard.counterpart(theirs, { uuid: client.uuid });
  await Promise.all([client.start(broker.url), dashboard.start(broker.url)]);
  await machine.deployFlows(broker.url);
  expect(await machine.call("RUN", { n: 4 })).toBe(8);
  await device.events.MOVED.publish({ x: 5 });
  await expect.poll(() => machine.lastValue("MOVED")?.value).toEqual({ x: 5 });
});

// Between IO_CONNECTED and the wait for IO_REGISTERED lie a few microtasks.
it.each([0, 1, 2, 3, 4, 5])(
  "start() ends with ABORTED, %i microtasks after IO_CONNECTED too",
  async (microtasks) => {
    const { client, last } = scriptedClient();
    const controller = new AbortController();
    const started = client.start(URL, { signal: controller.signal });
    const outcome = expect(started).rejects.toMatchObject({ code: "ABORTED" });
    await settled();
    last().serverAccepts();
    for (let passed = 0; passed < microtasks; passed += 1) {
      await null;
    }
    controller.abort();
    await settled();
    last().serverSends("IO_REGISTERED");
    await outcome;
  },
);

// As everywhere: a program that stood still reads before silence counts.
it("a call whose answer came while the program stood still gets it, though its time is over", async () => {
  const { scripted, machine, speedChanged } = await registeredMachine();
  const call = machine.call("SET_SPEED", 5, { timeout: 1_000 });
  await settled();
  scripted.clock.jump(2_000);
  scripted.clock.setTimeout(() => speedChanged(5, sent(scripted)[0]?.correlationId), 0);
  await scripted.clock.advance(0);
  expect(await call).toBe(5);
});

// Node.js warns of a leak from the eleventh listener on; and a signal of a whole program must not keep what is over.
it("calls with one signal need one listener for all of them, and none when they are over", async () => {
  const { scripted, machine, speedChanged } = await registeredMachine();
  const controller = new AbortController();
  const { signal } = controller;
  const adding = vi.spyOn(signal, "addEventListener");
  const removing = vi.spyOn(signal, "removeEventListener");
  const calls = Array.from({ length: 20 }, () => machine.call("SET_SPEED", 5, { signal }));
  const [first, ...others] = calls;
  const outcome = Promise.allSettled(others);
  await settled();
  speedChanged(7, sent(scripted)[0]?.correlationId);
  expect(await first).toBe(7);
  expect([adding.mock.calls.length, removing.mock.calls.length]).toEqual([1, 0]);
  controller.abort("enough");
  expect(new Set((await outcome).map((each) => each.status === "rejected" && each.reason.message))).toEqual(
    new Set(['Calling "SET_SPEED" of press-7 was aborted by its signal.']),
  );
  const other = new AbortController();
  const stopping = vi.spyOn(other.signal, "removeEventListener");
  const last = machine.call("SET_SPEED", 5, { signal: other.signal });
  await settled();
  speedChanged(9, sent(scripted).at(-1)?.correlationId);
  expect(await last).toBe(9);
  expect(stopping).toHaveBeenCalledOnce();
});

it("streams with one signal need one listener for all of them, and none when they are over", async () => {
  const { machine } = await registeredMachine();
  const controller = new AbortController();
  const { signal } = controller;
  const adding = vi.spyOn(signal, "addEventListener");
  const removing = vi.spyOn(signal, "removeEventListener");
  const streams = Array.from({ length: 20 }, () => machine.events("MEASURED", { signal }));
  expect(adding).toHaveBeenCalledOnce();
  for (const stream of streams) {
    expect(removing).not.toHaveBeenCalled();
    await stream.return();
  }
  expect(removing).toHaveBeenCalledOnce();
  const late = machine.events("MEASURED", { signal });
  controller.abort();
  expect(await late.next()).toEqual({ done: true, value: undefined });
});

// The answer is a call, too: behind those that wait for it, it would never come.
it("a handler can call a machine, however many handlers run", async () => {
  const broker = await testBroker();
  const adder = contract({
    events: { SUM: z.int32() },
    functions: { ADD: { dataFormat: z.int32(), responds: "SUM" } },
  });
  const machine = testClient();
  machine.implement(adder, { ADD: ({ dataObject }) => dataObject + 1 });
  const middle = testClient({ maxConcurrentCalls: 1 });
  const first = middle.counterpart(adder, { uuid: machine.uuid });
  middle.implement(adder, { ADD: ({ dataObject }) => first.call("ADD", dataObject, { timeout: 2_000 }) });
  const caller = testClient();
  const second = caller.counterpart(adder, { uuid: middle.uuid });
  await Promise.all([machine, middle, caller].map((client) => client.start(broker.url)));
  await first.deployFlows(broker.url);
  await second.deployFlows(broker.url);
  const sums = await Promise.all([1, 2, 3].map((value) => second.call("ADD", value, { timeout: 8_000 })));
  expect(sums).toEqual([2, 3, 4]);
});

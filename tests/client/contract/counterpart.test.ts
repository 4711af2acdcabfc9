import { describe, expect, it } from "vitest";
import * as z from "zod";
import type { Broker } from "../../../src/broker/index.ts";
import {
  type AnyCounterpart,
  type Counterpart,
  contract,
  type MsbClient,
  type MsbError,
} from "../../../src/index.ts";
import { withResolvers } from "../../../src/support/deferred.ts";
import { press } from "../../support/client/press.ts";
import { scriptedClient } from "../../support/client/scripted-client.ts";
import { FRAMINGS, testBroker, testClient } from "../../support/setup.ts";

const celsius = (value: number) => ({ celsius: value, tags: [] });

/** A press at the broker, which keeps what it was called with. */
async function startPress(broker: Broker, options: Parameters<typeof testClient>[0] = {}) {
  const client = testClient(options);
  const calls: unknown[] = [];
  let failure = "";
  const device = client.implement(press, {
    SET_SPEED: ({ dataObject }) => {
      calls.push(dataObject);
      return dataObject;
    },
    STOP: async ({ respond }) => {
      await (failure === "" ? respond("STOPPED") : respond("FAILED", failure));
    },
    MOVE: ({ parameters }) => {
      calls.push(parameters);
      return `${parameters.axis}${parameters.distance}${parameters.note ?? ""}`;
    },
    RESET: () => {
      calls.push("reset");
    },
    FEED: ({ dataObject }) => {
      calls.push(dataObject);
    },
  });
  await client.start(broker.url);
  return { client, device, calls, failWith: (reason: string) => (failure = reason), ...device };
}

async function startDashboard(
  broker: Broker,
  uuid: string,
  options: Parameters<typeof testClient>[0] = {},
): Promise<{ client: MsbClient; machine: Counterpart<typeof press>; errors: MsbError[] }> {
  const client = testClient({ type: "Application", ...options });
  const errors: MsbError[] = [];
  client.on("error", (error) => errors.push(error));
  const machine = client.counterpart(press, { uuid });
  for (const flow of machine.flows) {
    broker.addFlow(flow);
  }
  await client.start(broker.url);
  return { client, machine, errors };
}

describe.each(FRAMINGS)("a counterpart, with $framing", ({ sockJsFraming }) => {
  it("hears of every event of the machine", async () => {
    const broker = await testBroker();
    const { client, events } = await startPress(broker, { sockJsFraming });
    const { machine } = await startDashboard(broker, client.uuid, { sockJsFraming });
    const heard: unknown[] = [];
    const stops = [
      machine.on("MEASURED", (value, info) => heard.push([value, info])),
      machine.on("STOPPED", (value, { eventId }) => heard.push([value, eventId])),
      machine.on("MANY", (value) => heard.push(value)),
    ];
    const { postDate } = await events.MEASURED.publish(celsius(21.5), { correlationId: "order-7" });
    await events.STOPPED.publish();
    await events.MANY.publish([1, 2.5]);
    await expect.poll(() => heard.length).toBe(3);
    expect(heard).toEqual([
      [celsius(21.5), { eventId: "MEASURED", correlationId: "order-7", postDate }],
      [undefined, "STOPPED"],
      [1, 2.5],
    ]);
    for (const stop of stops) {
      stop();
    }
    await events.STOPPED.publish();
    await events.MANY.publish([3]);
    await expect.poll(() => machine.lastValue("MANY")?.value).toEqual([3]);
    expect(heard).toHaveLength(3);
  });

  it("calls functions of every kind, and gets their answers", async () => {
    const broker = await testBroker();
    const { client, calls, failWith } = await startPress(broker, { sockJsFraming });
    const { machine } = await startDashboard(broker, client.uuid, { sockJsFraming });
    expect(await machine.call("SET_SPEED", 60)).toBe(60);
    expect(await machine.call("STOP")).toEqual({ eventId: "STOPPED", value: undefined });
    failWith("jammed");
    expect(await machine.call("STOP", { timeout: 5_000 })).toEqual({ eventId: "FAILED", value: "jammed" });
    expect(await machine.call("STOP", undefined, { priority: "HIGH" })).toMatchObject({ value: "jammed" });
    expect(await machine.call("MOVE", { axis: "x", distance: 2.5 })).toBe("x2.5");
    expect(await machine.call("MOVE", { axis: "y", distance: 1, note: "!" })).toBe("y1!");
    expect(await machine.call("RESET")).toBeUndefined();
    expect(await machine.call("FEED", [1, 2])).toBeUndefined();
    await expect.poll(() => calls.length).toBe(5);
    expect(calls).toEqual([
      60,
      { axis: "x", distance: 2.5 },
      { axis: "y", distance: 1, note: "!" },
      "reset",
      [1, 2],
    ]);
  });
});

it("gives each call its own answer, though they overtake each other", async () => {
  const broker = await testBroker();
  const client = testClient();
  const slow = contract({
    events: { DONE: z.int32() },
    functions: { WORK: { dataFormat: z.int32(), responds: "DONE" } },
  });
  const open: (() => void)[] = [];
  client.implement(slow, {
    WORK: ({ dataObject }) => new Promise((resolve) => open.unshift(() => resolve(dataObject * 10))),
  });
  await client.start(broker.url);
  const dashboards = [testClient(), testClient()];
  const machines = dashboards.map((dashboard) => dashboard.counterpart(slow, { uuid: client.uuid }));
  for (const [index, dashboard] of dashboards.entries()) {
    machines[index]?.flows.forEach((flow) => void broker.addFlow(flow));
    await dashboard.start(broker.url);
  }
  const answers = [1, 2, 3, 4].map((value) => machines[value % 2]?.call("WORK", value));
  await expect.poll(() => open.length).toBe(4);
  for (const answer of open) {
    answer();
  }
  expect(await Promise.all(answers)).toEqual([10, 20, 30, 40]);
  // Everybody hears of every event all the same.
  for (const machine of machines) {
    await expect.poll(() => machine.lastValue("DONE")?.value).toBe(10);
  }
});

it("keeps several machines of one contract apart", async () => {
  const broker = await testBroker();
  const presses = [await startPress(broker), await startPress(broker)];
  const dashboard = testClient();
  const machines = presses.map(({ client }, index) =>
    dashboard.counterpart(press, { uuid: client.uuid, id: `press${index}` }),
  );
  for (const flow of machines.flatMap(({ flows }) => flows)) {
    broker.addFlow(flow);
  }
  await dashboard.start(broker.url);
  expect(await machines[1]?.call("SET_SPEED", 7)).toBe(7);
  expect(presses.map(({ calls }) => calls)).toEqual([[], [7]]);
  await presses[0]?.events.MANY.publish([1]);
  await expect.poll(() => machines[0]?.lastValue("MANY")?.value).toEqual([1]);
  expect(machines[1]?.lastValue("MANY")).toBeUndefined();
});

it("works for services behind gateways, on both ends", async () => {
  const broker = await testBroker();
  const [left, right] = [testClient({ type: "Gateway" }), testClient({ type: "Gateway" })];
  const lamp = contract({
    events: { SWITCHED: z.boolean() },
    functions: { SWITCH: { dataFormat: z.boolean(), responds: "SWITCHED" } },
    parameters: { watts: { type: "int32", value: 60 } },
  });
  const identity = (uuid: string) =>
    ({ type: "SmartObject", uuid, name: uuid, description: "d", token: "t" }) as const;
  const device = left
    .addService(identity("lamp-1"))
    .implement(lamp, { SWITCH: ({ dataObject }) => dataObject });
  const machine = right.addService(identity("switch-1")).counterpart(lamp, { uuid: "lamp-1" });
  for (const flow of machine.flows) {
    broker.addFlow(flow);
  }
  await Promise.all([left.start(broker.url), right.start(broker.url)]);
  expect(await machine.call("SWITCH", true)).toBe(true);
  await device.events.SWITCHED.publish(false);
  await expect.poll(() => machine.lastValue("SWITCHED")?.value).toBe(false);
  expect(device.parameters.watts.value).toBe(60);
});

describe("over reconnects", () => {
  const retryPolicy = (): number => 50;

  it("a call of a machine that is away is answered when it is back", async () => {
    const broker = await testBroker();
    const { client } = await startPress(broker, { retryPolicy });
    const { machine } = await startDashboard(broker, client.uuid);
    const gone = broker.waitForDisconnect(client.uuid);
    broker.cut(client.uuid);
    await gone;
    expect(await machine.call("SET_SPEED", 5)).toBe(5);
  });

  it("an answer that comes while the dashboard is away is there when it is back", async () => {
    const broker = await testBroker();
    const work = contract({ events: { DONE: z.int32() }, functions: { WORK: { responds: "DONE" } } });
    const [worker, dashboard] = [testClient(), testClient({ retryPolicy })];
    let answer: ((value: number) => void) | undefined;
    worker.implement(work, {
      WORK: () =>
        new Promise<number>((resolve) => {
          answer = resolve;
        }),
    });
    const machine = dashboard.counterpart(work, { uuid: worker.uuid });
    for (const flow of machine.flows) {
      broker.addFlow(flow);
    }
    await Promise.all([worker.start(broker.url), dashboard.start(broker.url)]);
    const stream = machine.events("DONE");
    const answered = machine.call("WORK");
    await expect.poll(() => answer).toBeDefined();
    const gone = broker.waitForDisconnect(dashboard.uuid);
    broker.cut(dashboard.uuid);
    await gone;
    answer?.(7);
    expect(await answered).toBe(7);
    expect(await stream.next()).toEqual({ done: false, value: 7 });
  });
});

describe("a call that cannot be answered", () => {
  it("rejects with what is wrong: id, value, options", async () => {
    const broker = await testBroker();
    const { machine, errors } = await startDashboard(broker, "nobody");
    const call = (...args: unknown[]): Promise<unknown> =>
      (machine.call as (...all: unknown[]) => Promise<unknown>).apply(machine, args);
    await expect(call("FLY")).rejects.toMatchObject({
      code: "UNKNOWN_FUNCTION",
      message: 'The contract has no function "FLY"; it has "SET_SPEED", "STOP", "MOVE", "RESET", "FEED".',
    });
    await expect(call("SET_SPEED", 1.5)).rejects.toMatchObject({ code: "INVALID_VALUE" });
    await expect(call("MOVE", { axis: "z", distnce: 1 })).rejects.toMatchObject({
      issues: [{ path: "distnce" }, { path: "axis" }, { path: "distance" }],
    });
    await expect(call("SET_SPEED", 1, { timeout: 0, tiemout: 5 })).rejects.toMatchObject({
      code: "INVALID_VALUE",
      issues: [{ path: "timeout" }, { path: "tiemout" }],
    });
    await expect(call("STOP", 5)).rejects.toMatchObject({ code: "INVALID_VALUE" });
    expect(errors).toEqual([]);
  });

  it("rejects with TIMEOUT, and says how far it came", async () => {
    const broker = await testBroker();
    const { machine } = await startDashboard(broker, "nobody");
    // Long enough for the MSB to accept it, however busy the machine is.
    await expect(machine.call("STOP", { timeout: 1_000 })).rejects.toMatchObject({
      code: "TIMEOUT",
      message: expect.stringContaining(
        'Calling "STOP" of nobody: no answer arrived within 1000 ms. It may still be carried out',
      ),
    });
    broker.faults.stopAcknowledging("E");
    await expect(machine.call("STOP", { timeout: 50 })).rejects.toMatchObject({
      code: "TIMEOUT",
      message: 'Calling "STOP" of nobody: the MSB has not accepted the call within 50 ms.',
    });
  });

  it("is taken back if it is not sent by then", async () => {
    const broker = await testBroker();
    const { client, calls } = await startPress(broker);
    const dashboard = testClient();
    const machine = dashboard.counterpart(press, { uuid: client.uuid });
    for (const flow of machine.flows) {
      broker.addFlow(flow);
    }
    await expect(machine.call("SET_SPEED", 1)).rejects.toMatchObject({ code: "NOT_CONNECTED" });
    await expect(machine.call("SET_SPEED", 2, { cached: true, timeout: 20 })).rejects.toMatchObject({
      code: "TIMEOUT",
    });
    const signal = AbortSignal.timeout(20);
    await expect(machine.call("SET_SPEED", 3, { cached: true, signal })).rejects.toMatchObject({
      code: "ABORTED",
    });
    await expect(machine.call("SET_SPEED", 3, { signal })).rejects.toMatchObject({ code: "ABORTED" });
    const waits = machine.call("SET_SPEED", 4, { cached: true });
    await dashboard.start(broker.url);
    expect(await waits).toBe(4);
    expect(calls).toEqual([4]);
  });

  it("rejects with REFUSED, and with DISCONNECTED when the client is", async () => {
    const broker = await testBroker();
    const { client, machine } = await startDashboard(broker, "nobody");
    broker.faults.refuseNext("E");
    await expect(machine.call("STOP")).rejects.toMatchObject({ code: "REFUSED" });
    const waits = machine.call("STOP");
    await broker.waitForEvent({ uuid: client.uuid });
    await Promise.all([client.disconnect(), expect(waits).rejects.toMatchObject({ code: "DISCONNECTED" })]);
  });

  it("rejects if the answer cannot be read, which is then not reported besides", async () => {
    const broker = await testBroker();
    const uuid = "liar";
    const liar = testClient({ uuid, dataFormatValidation: false });
    const speedChanged = liar.addEvent({ eventId: "SPEED_CHANGED", dataFormat: "int32" });
    liar.addFunction({
      functionId: "SET_SPEED",
      dataFormat: "int32",
      responseEvents: [speedChanged],
      handler: () => "fast" as unknown as number,
    });
    await liar.start(broker.url);
    const { machine, errors } = await startDashboard(broker, uuid);
    await expect(machine.call("SET_SPEED", 5)).rejects.toMatchObject({ code: "INVALID_VALUE" });
    expect(errors).toEqual([]);
    await speedChanged.publish("slow" as unknown as number);
    await expect.poll(() => errors.map(({ code }) => code)).toEqual(["INVALID_VALUE"]);
  });

  it("is told to the error listener if nobody awaits it", async () => {
    const broker = await testBroker();
    const { machine, errors } = await startDashboard(broker, "nobody");
    void machine.call("STOP", { timeout: 20 });
    await expect.poll(() => errors.map(({ code }) => code)).toEqual(["TIMEOUT"]);
  });
});

describe("the values of an event", () => {
  it("come by for await, until break, signal or disconnect()", async () => {
    const broker = await testBroker();
    const { client, events } = await startPress(broker);
    const { client: dashboard, machine } = await startDashboard(broker, client.uuid);
    const stop = new AbortController();
    const read = async (options?: { signal: AbortSignal }): Promise<number[]> => {
      const values: number[] = [];
      for await (const value of machine.events("SPEED_CHANGED", options)) {
        values.push(value);
      }
      return values;
    };
    const [toTheEnd, toTheSignal] = [read(), read({ signal: stop.signal })];
    const broken = machine.events("SPEED_CHANGED");
    await events.SPEED_CHANGED.publish(1);
    for await (const value of broken) {
      expect(value).toBe(1);
      break;
    }
    stop.abort();
    expect(await toTheSignal).toEqual([1]);
    await events.SPEED_CHANGED.publish(2);
    await expect.poll(() => machine.lastValue("SPEED_CHANGED")?.value).toBe(2);
    expect(await broken.next()).toEqual({ done: true, value: undefined });
    expect(await read({ signal: stop.signal })).toEqual([]);
    await dashboard.disconnect();
    expect(await toTheEnd).toEqual([1, 2]);
  });

  it("are bounded while nobody takes them; what is dropped is counted, and told once", async () => {
    const broker = await testBroker();
    const { client, events } = await startPress(broker);
    const { machine, errors } = await startDashboard(broker, client.uuid);
    const stream = machine.events("SPEED_CHANGED", { bufferSize: 2 });
    const publish = async (...values: readonly number[]): Promise<void> => {
      await Promise.all(values.map((value) => events.SPEED_CHANGED.publish(value)));
      await expect.poll(() => machine.lastValue("SPEED_CHANGED")?.value).toBe(values.at(-1));
    };
    await publish(1, 2, 3, 4);
    expect(stream.dropped).toBe(2);
    expect(errors.map(({ code }) => code)).toEqual(["EVENT_DROPPED"]);
    expect(errors[0]?.message).toContain(
      `the event "SPEED_CHANGED" of ${client.uuid} is too slow: 2 values wait`,
    );
    expect([await stream.next(), await stream.next()].map(({ value }) => value)).toEqual([3, 4]);
    await publish(5, 6, 7);
    expect(stream.dropped).toBe(3);
    expect(errors).toHaveLength(2);
    expect(() => machine.events("SPEED_CHANGED", { bufferSize: 0 })).toThrow(
      "bufferSize: must be a whole number of values, at least 1, not 0",
    );
  });

  it("end with the error that ends the client", async () => {
    const broker = await testBroker();
    const { client, machine } = await startDashboard(broker, "nobody", { autoReconnect: false });
    client.on("error", () => {});
    const stream = machine.events("STOPPED");
    const next = expect(stream.next()).rejects.toMatchObject({ code: "CONNECTION_LOST" });
    const waits = expect(machine.call("STOP")).rejects.toMatchObject({ code: "CONNECTION_LOST" });
    await broker.waitForEvent({ uuid: client.uuid });
    broker.cut(client.uuid);
    await Promise.all([next, waits]);
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it("grow old: the last one says how old it is", async () => {
    const { client, clock, register, last } = scriptedClient();
    const machine = client.counterpart(press, { uuid: "press-7" });
    await register();
    expect(machine.lastValue("SPEED_CHANGED")).toBeUndefined();
    last().serverSends(
      `C {"uuid":"${client.uuid}","functionId":"press-7.SPEED_CHANGED","correlationId":"c","functionParameters":{"dataObject":5}}`,
    );
    expect(machine.lastValue("SPEED_CHANGED")).toEqual({
      eventId: "SPEED_CHANGED",
      value: 5,
      correlationId: "c",
      postDate: undefined,
      age: 0,
    });
    await clock.advance(1_500);
    expect(machine.lastValue("SPEED_CHANGED")?.age).toBe(1_500);
  });

  it("reach every listener, though one throws", async () => {
    const broker = await testBroker();
    const { client, events } = await startPress(broker);
    const { machine, errors } = await startDashboard(broker, client.uuid);
    const heard: unknown[] = [];
    machine.on("STOPPED", () => {
      throw new Error("broken page");
    });
    machine.on("STOPPED", () => heard.push("second"));
    await events.STOPPED.publish();
    await expect.poll(() => heard).toEqual(["second"]);
    expect(errors.map(({ message }) => message)).toEqual([
      `A listener for the event "STOPPED" of ${client.uuid} failed: broken page.`,
    ]);
    expect(() => machine.on("GONE" as "STOPPED", () => {})).toThrow('The contract has no event "GONE"');
  });
});

describe("what a counterpart adds to its service", () => {
  it("has predictable ids", () => {
    const client = testClient();
    client.counterpart(
      contract({
        events: { DONE: { name: "Done", description: "after work", dataFormat: z.int32() } },
        functions: { WORK: { name: "Work", dataFormat: "string", responds: "DONE" }, REST: null },
      }),
      { uuid: "press-7", id: "p7", name: "Press 7" },
    );
    const { events, functions } = client.getSelfDescription();
    expect({ events, functions }).toEqual({
      events: [
        {
          "@id": 1,
          eventId: "p7.WORK",
          name: "Press 7: Work",
          description: "",
          dataFormat: { dataObject: { type: "string" } },
        },
        { "@id": 2, eventId: "p7.REST", name: "Press 7: REST", description: "" },
      ],
      functions: [
        {
          functionId: "p7.DONE",
          name: "Press 7: Done",
          description: "after work",
          dataFormat: { dataObject: { type: "integer", format: "int32" } },
        },
      ],
    });
  });

  it("is added whole, or not at all", () => {
    const client = testClient();
    client.addEvent({ eventId: "press-7.STOP" });
    client.addFunction({ functionId: "press-7.STOPPED", handler: () => undefined });
    const before = client.getSelfDescription();
    expect(() => client.counterpart(press, { uuid: "press-7" })).toThrow(
      'counterpart(): functions["press-7.STOPPED"]: was added to this service already; give the option id another value; events["press-7.STOP"]: was',
    );
    expect(client.getSelfDescription()).toEqual(before);
    expect(client.counterpart(press, { uuid: "press-7", id: "other" }).uuid).toBe("press-7");
    expect(() => client.counterpart(press, { id: "x", name: 5 } as never)).toThrow(
      "counterpart(): uuid: is missing: must be a string; name: must be a string, not 5",
    );
    expect(() => client.counterpart({ events: {} } as never, { uuid: "u" })).toThrow(
      "counterpart(): contract: must be what contract() returned, not an object",
    );
  });
});

describe("a counterpart that is removed", () => {
  it("takes everything back, and ends what is open", async () => {
    const broker = await testBroker();
    const { client, machine, errors } = await startDashboard(broker, "press-7");
    const before = testClient().getSelfDescription();
    const stream = machine.events("STOPPED");
    const waits = machine.call("STOP");
    await broker.waitForEvent({ uuid: client.uuid });
    const registered = broker.waitForRegistration(client.uuid, { next: true });
    machine.remove();
    machine.remove();
    await expect(waits).rejects.toMatchObject({ code: "ABORTED" });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    const { events, functions } = client.getSelfDescription();
    expect({ events, functions }).toEqual({ events: before.events, functions: before.functions });
    expect((await registered).selfDescription).toMatchObject({ events: [], functions: [] });
    await expect(machine.call("STOP")).rejects.toMatchObject({
      code: "UNKNOWN_FUNCTION",
      message: "The counterpart of press-7 was removed. Make another one with counterpart().",
    });
    expect(client.counterpart(press, { uuid: "press-7" }).flows).toEqual(machine.flows);
    expect(errors).toEqual([]);
  });

  // It came as far as the MSB, which refused it: its event was gone.
  it.each([
    ["remove()", "ABORTED", (_: MsbClient, machine: Counterpart<typeof press>) => machine.remove()],
    ["disconnect()", "DISCONNECTED", (client: MsbClient) => client.disconnect()],
  ] as const)("does not send what middleware still holds at %s", async (_what, code, end) => {
    const broker = await testBroker();
    const { client, machine, errors } = await startDashboard(broker, "press-7");
    const { promise: passed, resolve: pass } = withResolvers<void>();
    const { promise: isOver, resolve: over } = withResolvers<void>();
    client.use(async (_context, next) => {
      await passed;
      await next().catch(() => undefined);
      over();
    });
    const call = machine.call("STOP", { cached: true });
    await end(client, machine);
    await expect(call).rejects.toMatchObject({ code });
    pass();
    await isOver;
    await client.start(broker.url);
    await client.flush();
    expect(broker.events).toEqual([]);
    expect(errors).toEqual([]);
  });

  it("has no events any more: streams of them end at once", async () => {
    const machine = testClient().counterpart(press, { uuid: "press-7" });
    machine.remove();
    expect(await machine.events("STOPPED").next()).toEqual({ done: true, value: undefined });
  });

  it("may be one of many, of different contracts", () => {
    const client = testClient();
    const lamp = contract({ events: { SWITCHED: z.boolean() }, functions: { SWITCH: z.boolean() } });
    const machines: AnyCounterpart[] = [
      client.counterpart(press, { uuid: "press-7" }),
      client.counterpart(lamp, { uuid: "lamp-1", id: null, name: null, type: null }),
    ];
    expect(machines.map(({ uuid, name, flows }) => [uuid, name, flows.length])).toEqual([
      ["press-7", "press-7", 11],
      ["lamp-1", "lamp-1", 2],
    ]);
    for (const machine of machines) {
      machine.remove();
    }
    expect(client.getSelfDescription()).toMatchObject({ events: [], functions: [] });
  });
});

it("a call that may wait for a connection is given the time of a pause between two", async () => {
  const { client, clock, register, last } = scriptedClient({ reconnectInterval: 12_000 });
  const machine = client.counterpart(press, { uuid: "press-7" });
  await register();
  last().serverCloses();
  const [patient, other] = [
    machine.call("STOP", { cached: true }),
    machine.call("STOP", { cached: true, timeout: 5_000 }),
  ];
  await Promise.all([expect(other).rejects.toMatchObject({ code: "TIMEOUT" }), clock.advance(12_000)]);
  last().serverAccepts();
  last().serverSends("IO_REGISTERED");
  await clock.advance(0);
  const [sent, ...others] = last().messages.filter((message) => message.startsWith("E "));
  expect(others).toEqual([]);
  const { correlationId } = JSON.parse(sent?.slice(2) ?? "");
  last().serverSends(
    "IO_PUBLISHED",
    `C {"uuid":"${client.uuid}","functionId":"press-7.STOPPED","correlationId":"${correlationId}","functionParameters":{}}`,
  );
  await expect(patient).resolves.toEqual({ eventId: "STOPPED", value: undefined });
});

import { AsyncLocalStorage } from "node:async_hooks";
import { describe, expect, expectTypeOf, it } from "vitest";
import * as z from "zod";
import {
  type CallContext,
  contract,
  type Middleware,
  type MiddlewareContext,
  type MsbClient,
  MsbError,
  type PublishContext,
  type PublishResult,
} from "../../src/index.ts";
import { settled } from "../../src/testing/fake-clock.ts";
import { identity } from "../support/client/identity.ts";
import { scriptedClient } from "../support/client/scripted-client.ts";
import { testBroker, testClient } from "../support/setup.ts";

async function setUp() {
  const broker = await testBroker();
  const client = testClient();
  const errors: MsbError[] = [];
  client.on("error", (error) => errors.push(error));
  const measured = client.addEvent({ eventId: "MEASURED", dataFormat: z.int32(), priority: "HIGH" });
  const speedChanged = client.addEvent({ eventId: "SPEED_CHANGED", dataFormat: z.int32() });
  client.addFunction({
    functionId: "SET_SPEED",
    dataFormat: z.int32(),
    responseEvents: [speedChanged],
    handler: ({ dataObject }) => {
      if (dataObject > 100) {
        throw new Error("too fast");
      }
      return dataObject;
    },
  });
  await client.connect(broker.url);
  await client.register();
  const values = (): unknown[] => broker.events.map(({ dataObject }) => dataObject);
  return { broker, client, errors, measured, values };
}

/** What happened, one word each. */
function diary() {
  const lines: string[] = [];
  const around =
    (name: string): Middleware =>
    async ({ kind }, next) => {
      lines.push(`${name} before ${kind}`);
      await next();
      lines.push(`${name} after ${kind}`);
    };
  return { lines, around };
}

const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe("middleware around publish", () => {
  it("sees the event, with the defaults of event and client, and what became of it", async () => {
    const { broker, client, measured } = await setUp();
    const seen: MiddlewareContext[] = [];
    const results: unknown[] = [];
    client.use(async (context, next) => {
      seen.push({ ...context });
      results.push(await next());
    });
    const signal = new AbortController().signal;
    const result = await measured.publish(5);
    await client.publish("MEASURED", 6, { correlationId: "c", cached: true, priority: 0, signal });
    const event = { kind: "publish", uuid: client.uuid, eventId: "MEASURED", until: "acknowledged" };
    expect(seen).toEqual([
      {
        ...event,
        value: 5,
        priority: 2,
        cached: false,
        postDate: result.postDate,
        correlationId: undefined,
        signal: undefined,
      },
      {
        ...event,
        value: 6,
        priority: 0,
        cached: true,
        postDate: expect.any(String),
        correlationId: "c",
        signal,
      },
    ]);
    expect(results).toEqual([result, expect.objectContaining({ correlationId: "c" })]);
    expect(broker.events).toHaveLength(2);
  });

  it("changes what the event is published with; what is wrong with that, publish() says", async () => {
    const { broker, client, measured } = await setUp();
    client.use((context, next) => {
      if (context.kind === "publish") {
        context.value = Number(context.value) * 2;
        context.priority = "LOW";
        context.correlationId = "from middleware";
        context.postDate = new Date(0);
      }
      return next();
    });
    await expect(measured.publish(5)).resolves.toEqual({
      eventId: "MEASURED",
      postDate: "1970-01-01T00:00:00.000Z",
      correlationId: "from middleware",
    });
    expect(broker.events).toEqual([
      expect.objectContaining({ dataObject: 10, priority: 0, correlationId: "from middleware" }),
    ]);
    await expect(measured.publish(0.25)).rejects.toMatchObject({ code: "INVALID_VALUE" });
  });

  it("is not asked about an event with wrong options, or one that is unknown", async () => {
    const { client, measured } = await setUp();
    let asked = 0;
    client.use((_, next) => {
      asked += 1;
      return next();
    });
    // @ts-expect-error there is no such priority
    await expect(measured.publish(5, { priority: 7 })).rejects.toMatchObject({ code: "INVALID_VALUE" });
    await expect(client.publish("MEASURD", 5)).rejects.toMatchObject({ code: "UNKNOWN_EVENT" });
    expect(asked).toBe(0);
  });

  it("runs in the order in which it was added, the first one outermost, until it is removed", async () => {
    const { client, measured } = await setUp();
    const { lines, around } = diary();
    const removeOuter = client.use(around("outer"));
    const removeInner = client.use(around("inner"));
    await measured.publish(1);
    removeOuter();
    removeOuter();
    await measured.publish(2);
    removeInner();
    await measured.publish(3);
    expect(lines).toEqual([
      "outer before publish",
      "inner before publish",
      "inner after publish",
      "outer after publish",
      "inner before publish",
      "inner after publish",
    ]);
  });

  it("that is the same function twice runs twice, and is removed once by each", async () => {
    const { client, measured } = await setUp();
    const { lines, around } = diary();
    const same = around("same");
    const remove = client.use(same);
    client.use(same);
    await measured.publish(1);
    expect(lines).toHaveLength(4);
    remove();
    await measured.publish(2);
    expect(lines).toHaveLength(6);
  });

  it("refuses by throwing: nothing is sent, and the publisher is told", async () => {
    const { broker, client, errors, measured } = await setUp();
    const reason = new Error("not at night");
    const remove = client.use(() => {
      throw reason;
    });
    await expect(measured.publish(5)).rejects.toMatchObject({
      code: "MIDDLEWARE_FAILED",
      message: 'A middleware around the publishing of event "MEASURED" threw: not at night.',
      cause: reason,
    });
    remove();
    await measured.publish(6);
    expect(broker.events.map(({ dataObject }) => dataObject)).toEqual([6]);
    expect(errors).toEqual([]);
  });

  it("may throw an MsbError, which the publisher gets as it is", async () => {
    const { client, measured } = await setUp();
    const error = new MsbError("ABORTED", "Not now.");
    client.use(async () => {
      await later();
      throw error;
    });
    await expect(measured.publish(5)).rejects.toBe(error);
  });

  it("that refuses an event that nobody awaits: the failure goes to `error`, once", async () => {
    const { client, errors, measured } = await setUp();
    client.use(() => Promise.reject(new Error("not at night")));
    void measured.publish(5);
    await expect.poll(() => errors.length).toBe(1);
    await later();
    expect(errors).toEqual([expect.objectContaining({ code: "MIDDLEWARE_FAILED" })]);
  });

  it("hears of a refusal of the MSB, and cannot hide it from the publisher", async () => {
    const { broker, client, errors, measured } = await setUp();
    const heard: unknown[] = [];
    client.use((_, next) => next().catch((error) => heard.push(error)));
    broker.faults.refuseNext("E", { reply: "NIO_EVENT_FORWARDING_ERROR" });
    await expect(measured.publish(5)).rejects.toMatchObject({ reply: "NIO_EVENT_FORWARDING_ERROR" });
    expect(heard).toEqual([expect.objectContaining({ reply: "NIO_EVENT_FORWARDING_ERROR" })]);
    broker.faults.refuseNext("E");
    void measured.publish(6);
    await expect.poll(() => errors.length).toBe(1);
    expect(errors).toEqual([expect.objectContaining({ code: "REFUSED" })]);
  });

  it("that ends without next() has refused the event", async () => {
    const { broker, client, measured } = await setUp();
    const remove = client.use(() => {});
    await expect(measured.publish(5)).rejects.toMatchObject({
      code: "MIDDLEWARE_FAILED",
      message:
        'A middleware around the publishing of event "MEASURED" ended without calling next(). Throw what it refuses.',
    });
    remove();
    await measured.publish(6);
    expect(broker.events).toHaveLength(1);
  });

  it("that calls next() twice publishes once, and fails", async () => {
    const { broker, client, errors, measured } = await setUp();
    const message = 'A middleware around the publishing of event "MEASURED" called next() twice.';
    const remove = client.use(async (_, next) => {
      await next();
      await next();
    });
    await expect(measured.publish(5)).rejects.toMatchObject({ code: "MIDDLEWARE_FAILED", message });
    remove();
    client.use(async (_, next) => {
      void next();
      await next().catch(() => {});
      void next();
    });
    await measured.publish(6);
    await later();
    // The one that nobody listened to.
    expect(errors).toEqual([expect.objectContaining({ code: "MIDDLEWARE_FAILED", message })]);
    expect(broker.events.map(({ dataObject }) => dataObject)).toEqual([5, 6]);
  });

  it("that calls next() after it has ended publishes nothing", async () => {
    const { broker, client, errors, measured } = await setUp();
    client.use((context, next) => {
      if (context.kind === "publish" && context.value === 5) {
        setTimeout(() => void next(), 1);
        return undefined;
      }
      return next();
    });
    await expect(measured.publish(5)).rejects.toMatchObject({ code: "MIDDLEWARE_FAILED" });
    await expect.poll(() => errors.length).toBe(1);
    expect(errors[0]?.message).toContain("called next() after it had ended");
    await measured.publish(6);
    expect(broker.events).toHaveLength(1);
  });

  it("that does not wait for next(): the publisher does", async () => {
    const { broker, client, errors, measured } = await setUp();
    client.use((_, next) => {
      void next();
    });
    await expect(measured.publish(5)).resolves.toMatchObject({ eventId: "MEASURED" });
    broker.faults.refuseNext("E");
    await expect(measured.publish(6)).rejects.toMatchObject({ code: "REFUSED" });
    await later();
    expect(errors).toEqual([]);
  });

  it("that fails after next() has the publisher told, although the event has arrived", async () => {
    const { broker, client, measured } = await setUp();
    client.use(async (_, next) => {
      await next();
      throw new Error("the log is full");
    });
    await expect(measured.publish(5)).rejects.toMatchObject({ code: "MIDDLEWARE_FAILED" });
    expect(broker.events).toHaveLength(1);
  });

  it("that throws while the event is under way leaves no failure of it untold", async () => {
    const { broker, client, errors, measured } = await setUp();
    client.use((_, next) => {
      void next();
      throw new Error("the log is full");
    });
    broker.faults.refuseNext("E");
    await expect(measured.publish(5)).rejects.toMatchObject({ code: "MIDDLEWARE_FAILED" });
    expect(errors).toEqual([expect.objectContaining({ code: "REFUSED" })]);
  });

  it("keeps the order of publish() if it waits for nothing before next()", async () => {
    const { client, measured, values } = await setUp();
    const numbers = Array.from({ length: 50 }, (_, index) => index);
    client.use(async (_, next) => {
      await next();
    });
    client.use((_, next) => next());
    await Promise.all(numbers.map((number) => measured.publish(number)));
    expect(values()).toEqual(numbers);
  });

  it("that waits before next() lets others go first, but the date is that of publish()", async () => {
    const { broker, client, measured, values } = await setUp();
    client.use(async (context, next) => {
      if (context.kind === "publish" && context.value === 1) {
        await later();
      }
      await next();
    });
    const [first, second] = await Promise.all([measured.publish(1), measured.publish(2)]);
    expect(values()).toEqual([2, 1]);
    expect(first.postDate <= second.postDate).toBe(true);
    expect(broker.events[1]?.postDate).toBe(first.postDate);
  });

  it("that still holds an event: flush() and disconnect({ drain }) wait for it", async () => {
    const { broker, client, measured, values } = await setUp();
    client.use(async (_, next) => {
      await later();
      await next();
    });
    void measured.publish(1);
    await client.flush();
    expect(values()).toEqual([1]);
    void measured.publish(2);
    const arrived = broker.waitForEvent(({ dataObject }) => dataObject === 2);
    await client.disconnect({ drain: true });
    await arrived;
  });

  it("that never ends holds up flush(), but not the end of the client", async () => {
    const { client, clock, event, register } = scriptedClient();
    await register();
    let isFlushed = false;
    client.use(() => new Promise(() => {}));
    void event.publish(1);
    void client.flush().then(() => {
      isFlushed = true;
    });
    await clock.advance(60_000);
    expect(isFlushed).toBe(false);
    const ended = client.disconnect({ drain: true, timeout: 1_000 });
    await clock.advance(1_000);
    expect(client.state).toBe("disconnecting");
    await clock.advance(60_000);
    await ended;
  });

  // The event is settled with the MSB: what a middleware does after that is its own business.
  it("that never ends after next() holds up neither flush() nor disconnect({ drain })", async () => {
    const { client, event, register, last } = scriptedClient();
    await register();
    client.use(async (_, next) => {
      await next();
      await new Promise(() => {});
    });
    let isPublished = false;
    void event.publish(1).then(() => {
      isPublished = true;
    });
    let isFlushed = false;
    const flushed = client.flush().then(() => {
      isFlushed = true;
    });
    await settled();
    expect(isFlushed).toBe(false);
    last().serverSends("IO_PUBLISHED");
    await flushed;
    const ended = client.disconnect({ drain: true });
    await settled();
    expect(client.state).toBe("disconnecting");
    last().serverCloses();
    await ended;
    expect(isPublished).toBe(false);
  });

  it("holds for offline events: they wait behind it", async () => {
    const { client, event, register, sentValues } = scriptedClient();
    const { lines, around } = diary();
    client.use(around("first"));
    void event.publish(1, { cached: true });
    expect(lines).toEqual(["first before publish"]);
    await register();
    await settled();
    expect(sentValues()).toEqual([1]);
  });

  it("sees the services behind a gateway, too", async () => {
    const broker = await testBroker();
    const gateway = testClient({ type: "Gateway" });
    const lamp = gateway.addService(identity());
    const switched = lamp.addEvent({ eventId: "SWITCHED", dataFormat: "boolean" });
    const seen: string[] = [];
    gateway.use(({ uuid }, next) => {
      seen.push(uuid);
      return next();
    });
    await gateway.connect(broker.url);
    await gateway.register();
    await switched.publish(true);
    expect(seen).toEqual([lamp.uuid]);
  });
});

describe("middleware around a call", () => {
  it("sees the call, and what the handler returned when its answer is accepted", async () => {
    const { broker, client } = await setUp();
    const seen: unknown[] = [];
    client.use(async (context, next) => {
      if (context.kind === "call") {
        const { respond: _, ...rest } = context;
        seen.push(rest, await next(), broker.events.length);
      } else {
        await next();
      }
    });
    await broker.callAndWait(client.uuid, "SET_SPEED", 60, { correlationId: "c" });
    await expect.poll(() => seen.length).toBe(3);
    expect(seen).toEqual([
      {
        kind: "call",
        uuid: client.uuid,
        functionId: "SET_SPEED",
        dataObject: 60,
        parameters: { dataObject: 60 },
        correlationId: "c",
      },
      60,
      1,
    ]);
  });

  it("is around the publishing of the answer", async () => {
    const { broker, client } = await setUp();
    const { lines, around } = diary();
    client.use(around("the"));
    await broker.callAndWait(client.uuid, "SET_SPEED", 60);
    await expect.poll(() => lines.length).toBe(4);
    expect(lines).toEqual(["the before call", "the before publish", "the after publish", "the after call"]);
  });

  it("has its AsyncLocalStorage in the handler, and in what the handler publishes", async () => {
    const storage = new AsyncLocalStorage<string>();
    const { broker, client, measured } = await setUp();
    const seen: unknown[] = [];
    client.addFunction({
      functionId: "MEASURE",
      handler: async () => {
        await later();
        seen.push(["handler", storage.getStore()]);
        await measured.publish(5);
      },
    });
    client.use((context, next) => {
      if (context.kind === "publish") {
        seen.push([context.eventId, storage.getStore()]);
        return next();
      }
      return storage.run(context.functionId, next);
    });
    await broker.callAndWait(client.uuid, "SET_SPEED", 60);
    const arrived = broker.waitForEvent({ eventId: "MEASURED" });
    broker.call(client.uuid, "MEASURE");
    await arrived;
    expect(seen).toEqual([
      ["SPEED_CHANGED", "SET_SPEED"],
      ["handler", "MEASURE"],
      ["MEASURED", "MEASURE"],
    ]);
  });

  it("refuses by throwing: the handler does not run, and `error` says so", async () => {
    const { broker, client, errors } = await setUp();
    client.use((context, next) => {
      if (context.kind === "call" && context.dataObject === 60) {
        throw new Error("not at night");
      }
      return next();
    });
    broker.call(client.uuid, "SET_SPEED", 60);
    await expect(broker.callAndWait(client.uuid, "SET_SPEED", 70)).resolves.toMatchObject({ dataObject: 70 });
    expect(broker.events).toHaveLength(1);
    expect(errors).toEqual([
      expect.objectContaining({
        code: "MIDDLEWARE_FAILED",
        message: 'A middleware around a call of function "SET_SPEED" threw: not at night.',
      }),
    ]);
  });

  it("that ends without next() has refused the call", async () => {
    const { broker, client, errors } = await setUp();
    client.use(() => {});
    broker.call(client.uuid, "SET_SPEED", 60);
    await expect.poll(() => errors.length).toBe(1);
    expect(errors[0]).toMatchObject({
      code: "MIDDLEWARE_FAILED",
      message:
        'A middleware around a call of function "SET_SPEED" ended without calling next(). Throw what it refuses.',
    });
  });

  it("hears of a failure of the handler first; what it does not catch, `error` says once", async () => {
    const { broker, client, errors } = await setUp();
    const heard: unknown[] = [];
    client.use(async (_, next) => {
      try {
        await next();
      } catch (error) {
        heard.push(error);
        throw error;
      }
    });
    broker.call(client.uuid, "SET_SPEED", 500);
    await expect.poll(() => errors.length).toBe(1);
    const message = 'The handler of function "SET_SPEED" failed: too fast.';
    expect(errors).toEqual([expect.objectContaining({ code: "HANDLER_FAILED", message })]);
    expect(heard).toEqual(errors);
  });

  it("that catches a failure has dealt with it, for example by an answer", async () => {
    const { broker, client, errors } = await setUp();
    const failed = client.addEvent({ eventId: "FAILED", dataFormat: "string" });
    client.use(async (context, next) => {
      try {
        await next();
      } catch (error) {
        if (context.kind === "publish") {
          throw error;
        }
        await context.respond(failed, String((error as MsbError).cause));
      }
    });
    await expect(
      broker.callAndWait(client.uuid, "SET_SPEED", 500, { correlationId: "c" }),
    ).resolves.toMatchObject({ eventId: "FAILED", dataObject: "Error: too fast", correlationId: "c" });
    expect(errors).toEqual([]);
  });

  it("that does not wait for next() leaves no failure untold", async () => {
    const { broker, client, errors } = await setUp();
    client.use((_, next) => {
      void next();
    });
    broker.call(client.uuid, "SET_SPEED", 500);
    await expect.poll(() => errors.length).toBe(1);
    await later();
    expect(errors).toEqual([expect.objectContaining({ code: "HANDLER_FAILED" })]);
  });

  it("hears that an answer was refused, which `error` says once", async () => {
    const { broker, client, errors } = await setUp();
    const heard: [string, unknown][] = [];
    client.use(async ({ kind }, next) => {
      await next().catch((error) => {
        heard.push([kind, error]);
        throw error;
      });
    });
    broker.faults.refuseNext("E");
    broker.call(client.uuid, "SET_SPEED", 60);
    await expect.poll(() => errors.length).toBe(1);
    await later();
    expect(errors).toEqual([expect.objectContaining({ code: "REFUSED" })]);
    expect(heard).toEqual([
      ["publish", errors[0]],
      ["call", errors[0]],
    ]);
  });

  it("is not asked about a call whose value does not fit", async () => {
    const { broker, client, errors } = await setUp();
    let asked = 0;
    client.use((_, next) => {
      asked += 1;
      return next();
    });
    broker.call(client.uuid, "SET_SPEED", "fast");
    await expect.poll(() => errors.length).toBe(1);
    expect(errors[0]?.code).toBe("INVALID_VALUE");
    expect(asked).toBe(0);
  });

  it("counts as a part of the call: maxConcurrentCalls holds", async () => {
    const broker = await testBroker();
    const client = testClient({ maxConcurrentCalls: 1 });
    const lines: unknown[] = [];
    client.addFunction({ functionId: "F", handler: ({ correlationId }) => void lines.push(correlationId) });
    client.use(async ({ correlationId }, next) => {
      void next();
      await later();
      lines.push(`${correlationId} over`);
    });
    await client.connect(broker.url);
    await client.register();
    broker.call(client.uuid, "F", undefined, { correlationId: "a" });
    broker.call(client.uuid, "F", undefined, { correlationId: "b" });
    await expect.poll(() => lines.length).toBe(4);
    expect(lines).toEqual(["a", "a over", "b", "b over"]);
  });
});

describe("middleware around the call of a counterpart", () => {
  async function setUpMachine() {
    const { broker, client: device } = await setUp();
    const dashboard = testClient({ type: "Application" });
    const machine = dashboard.counterpart(
      contract({
        events: { SPEED_CHANGED: z.int32() },
        functions: { SET_SPEED: { dataFormat: z.int32(), responds: "SPEED_CHANGED" } },
      }),
      { uuid: device.uuid },
    );
    for (const flow of machine.flows) {
      broker.addFlow(flow);
    }
    await dashboard.start(broker.url);
    return { broker, dashboard, machine };
  }

  it("gives it the correlation id by which the answer is found", async () => {
    const { broker, dashboard, machine } = await setUpMachine();
    let count = 0;
    const given: (string | undefined)[] = [];
    dashboard.use((context, next) => {
      if (context.kind === "publish") {
        given.push(context.correlationId);
        count += 1;
        context.correlationId = `call ${count}`;
      }
      return next();
    });
    expect(await Promise.all([machine.call("SET_SPEED", 60), machine.call("SET_SPEED", 70)])).toEqual([
      60, 70,
    ]);
    expect(given).toEqual([undefined, undefined]);
    expect(broker.events.map(({ correlationId }) => correlationId).sort()).toEqual([
      "call 1",
      "call 1",
      "call 2",
      "call 2",
    ]);
  });

  it("that gives two calls the same one fails the second, and leaves the first", async () => {
    const { dashboard, machine } = await setUpMachine();
    dashboard.use((context, next) => {
      if (context.kind === "publish") {
        context.correlationId = "same";
      }
      return next();
    });
    const first = machine.call("SET_SPEED", 60);
    await expect(machine.call("SET_SPEED", 70)).rejects.toMatchObject({
      code: "MIDDLEWARE_FAILED",
      message: expect.stringContaining('the correlation id "same" of another call'),
    });
    expect(await first).toBe(60);
    expect(await machine.call("SET_SPEED", 80)).toBe(80);
  });

  it("that holds it past its timeout does not send it any more", async () => {
    const { broker, dashboard, machine } = await setUpMachine();
    dashboard.use(async (_, next) => {
      await later();
      await later();
      await next();
    });
    await expect(machine.call("SET_SPEED", 60, { timeout: 1 })).rejects.toMatchObject({ code: "TIMEOUT" });
    await dashboard.flush();
    expect(broker.events).toEqual([]);
  });
});

describe("use()", () => {
  it("takes a function", () => {
    const { client } = scriptedClient();
    // @ts-expect-error a middleware is a function
    expect(() => client.use("log")).toThrow('The middleware: must be a function, not "log"');
  });

  it("has types that tell publish from call", () => {
    const check = (client: MsbClient): void => {
      expectTypeOf(client.use((_, next) => next())).toEqualTypeOf<() => void>();
      client.use(async (context, next) => {
        expectTypeOf(context.correlationId).toEqualTypeOf<string | undefined>();
        expectTypeOf(next()).toEqualTypeOf<Promise<unknown>>();
        if (context.kind === "publish") {
          expectTypeOf(context).toEqualTypeOf<PublishContext>();
          context.correlationId ??= "c";
          context.priority = "HIGH";
          // @ts-expect-error an event stays the one that it is
          context.eventId = "OTHER";
          // @ts-expect-error only a call has a function
          context.functionId;
          const result = (await next()) as PublishResult;
          expectTypeOf(result.postDate).toEqualTypeOf<string>();
        } else {
          expectTypeOf(context).toEqualTypeOf<CallContext>();
          expectTypeOf(context.dataObject).toEqualTypeOf<unknown>();
          void context.respond("FAILED", "no oil");
          // @ts-expect-error a call is looked on
          context.correlationId = "c";
        }
      });
      // @ts-expect-error next takes nothing
      client.use((context, next) => next(context));
      const named: Middleware = (context, next) => (context.kind === "call" ? next() : next());
      client.use(named);
    };
    expectTypeOf(check).toBeFunction();
  });
});

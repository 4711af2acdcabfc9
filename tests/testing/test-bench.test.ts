import { describe, expect, expectTypeOf, it, onTestFinished } from "vitest";
import type { AnyContract, MsbClient } from "../../src/index.ts";
import { startTestBench, type TestBench } from "../../src/testing/index.ts";
import { press } from "../support/client/press.ts";

async function newBench(): Promise<TestBench> {
  const bench = await startTestBench();
  onTestFinished(() => bench.close());
  return bench;
}

const celsius = (value: number) => ({ celsius: value, tags: [] });

/** A press as its makers would write it. */
async function startPress(client: MsbClient): Promise<void> {
  const { events } = client.implement(press, {
    SET_SPEED: async ({ dataObject }) => {
      await events.MEASURED.publish(celsius(dataObject));
      return dataObject;
    },
    STOP: ({ respond }) => respond("FAILED", "jammed"),
    MOVE: ({ parameters }) => `${parameters.axis}${parameters.distance}`,
    RESET: () => {},
    FEED: () => {},
  });
  await client.start();
}

describe("a device", () => {
  it("is called, and its events are heard, by who uses it", async () => {
    const bench = await newBench();
    const device = bench.client();
    const caller = await bench.counterpart(press, { uuid: device.uuid });
    await startPress(device);
    expect(await caller.call("SET_SPEED", 60)).toBe(60);
    expect(await caller.call("SET_SPEED", 70, { priority: "HIGH" })).toBe(70);
    expect(await caller.call("STOP")).toEqual({ eventId: "FAILED", value: "jammed" });
    expect(await caller.call("STOP", { timeout: 2_000 })).toMatchObject({ value: "jammed" });
    expect(await caller.call("STOP", undefined, { timeout: 2_000 })).toMatchObject({ value: "jammed" });
    expect(await caller.call("MOVE", { axis: "x", distance: 2 })).toBe("x2");
    expect(await caller.call("RESET")).toBeUndefined();
    await expect(caller.call("STOP", 5 as never)).rejects.toMatchObject({ code: "INVALID_VALUE" });
    // What came before it was asked for is not missed.
    expect(await caller.nextEvent("MEASURED")).toEqual(celsius(60));
    expect(await caller.nextEvent("MEASURED")).toEqual(celsius(70));
    expect(await caller.nextEvent("SPEED_CHANGED")).toBe(60);
    const next = caller.nextEvent("MEASURED");
    await caller.call("SET_SPEED", 80);
    expect(await next).toEqual(celsius(80));
    expect(caller.counterpart.lastValue("SPEED_CHANGED")?.value).toBe(80);
  });

  it("that says nothing: the error says what came instead", async () => {
    const bench = await newBench();
    const device = bench.client();
    const caller = await bench.counterpart(press, { uuid: device.uuid });
    await expect(caller.nextEvent("STOPPED", { timeout: 20 })).rejects.toMatchObject({
      code: "TIMEOUT",
      message: 'Waited 20 ms for the event "STOPPED", and none came. So far: nothing.',
    });
    await startPress(device);
    await caller.call("SET_SPEED", 60);
    await caller.call("SET_SPEED", 70);
    await expect(caller.nextEvent("STOPPED", { timeout: 20 })).rejects.toMatchObject({
      message:
        'Waited 20 ms for the event "STOPPED", and none came. So far: "MEASURED" (2), "SPEED_CHANGED" (2).',
    });
  });

  it("that is not there: a call ends before the test does", async () => {
    const bench = await newBench();
    const caller = await bench.counterpart(press, { uuid: "nobody" });
    const start = performance.now();
    await expect(caller.call("SET_SPEED", 60)).rejects.toMatchObject({ code: "TIMEOUT" });
    // As long as vitest lets a test take by itself.
    expect(performance.now() - start).toBeLessThan(5_000);
    await expect(caller.call("STOP", { timeout: 10 })).rejects.toMatchObject({
      message: expect.stringContaining("within 10 ms"),
    });
  });
});

describe("a dashboard", () => {
  /** A dashboard as its makers would write it. */
  async function startDashboard(bench: TestBench, uuid: string) {
    const client = bench.client({ type: "Application" });
    const machine = client.counterpart(press, { uuid });
    await client.start();
    await machine.deployFlows(bench.url);
    return machine;
  }

  it("has a machine that answers, and takes note of calls", async () => {
    const bench = await newBench();
    const stand = await bench.machine(
      press,
      { uuid: "press-7", name: "Press 7" },
      { SET_SPEED: ({ dataObject }) => dataObject - 1 },
    );
    expect([stand.uuid, bench.broker.services.get("press-7")?.name]).toEqual(["press-7", "Press 7"]);
    const machine = await startDashboard(bench, "press-7");
    expect(await machine.call("SET_SPEED", 60)).toBe(59);
    await machine.call("FEED", [1, 2]);
    void machine.call("MOVE", { axis: "y", distance: 1 }, { timeout: 100 }).catch(() => {});
    expect((await stand.nextCall("MOVE")).value).toEqual({ axis: "y", distance: 1 });
    expect(await stand.nextCall("SET_SPEED")).toMatchObject({ functionId: "SET_SPEED", value: 60 });
    expect(stand.calls).toEqual([
      { functionId: "SET_SPEED", value: 60, correlationId: expect.any(String) },
      { functionId: "FEED", value: [1, 2], correlationId: expect.any(String) },
      { functionId: "MOVE", value: { axis: "y", distance: 1 }, correlationId: expect.any(String) },
    ]);
    await expect(stand.nextCall("RESET", { timeout: 10 })).rejects.toMatchObject({
      message:
        'Waited 10 ms for a call of "RESET", and none came. So far: "SET_SPEED" (1), "FEED" (1), "MOVE" (1).',
    });
  });

  it("has a machine that publishes, and that answers otherwise when the test says so", async () => {
    const bench = await newBench();
    const stand = await bench.machine(press, { uuid: "press-7" });
    const machine = await startDashboard(bench, "press-7");
    const heard = new Promise((resolve) => machine.on("MEASURED", resolve));
    await stand.events.MEASURED.publish(celsius(21.5));
    expect(await heard).toEqual(celsius(21.5));
    stand.handle("STOP", ({ respond }) => respond("STOPPED"));
    expect(await machine.call("STOP")).toMatchObject({ eventId: "STOPPED" });
    stand.handle("STOP", ({ respond }) => respond("FAILED", "jammed"));
    expect(await machine.call("STOP")).toEqual({ eventId: "FAILED", value: "jammed" });
    expect(stand.parameters.limit.value).toBe(80);
  });
});

describe("a bench", () => {
  it("ends what was connected to it, and itself", async () => {
    const clients: MsbClient[] = [];
    let url = "";
    {
      await using bench = await startTestBench();
      url = bench.url;
      clients.push((await bench.machine(press)).client);
      clients.push((await bench.counterpart(press, { uuid: "press-7" })).client);
      clients.push(bench.client());
      await clients[2]?.start();
      expect(bench.broker.services.size).toBe(3);
    }
    expect(clients.map(({ state }) => state)).toEqual(["disconnected", "disconnected", "disconnected"]);
    await expect(fetch(url)).rejects.toThrow();
  });

  it("takes the options of the broker, and closes twice", async () => {
    const bench = await startTestBench({ maxConnections: 1 });
    await bench.client().start();
    await expect(bench.client().connect()).rejects.toThrow();
    await bench.close();
    await bench.close();
    await expect(startTestBench({ port: -1 })).rejects.toThrow("port");
  });

  it("says what is wrong at once", async () => {
    const bench = await newBench();
    await expect(bench.machine({ events: {} } as never)).rejects.toThrow(
      "implement(): contract: must be what contract() returned, not an object",
    );
    await expect(bench.counterpart({} as never, { uuid: "press-7" })).rejects.toThrow(
      "counterpart(): contract: must be what contract() returned, not an object",
    );
    await expect(bench.machine(press, {}, { SET_SPED: () => 60 } as never)).rejects.toMatchObject({
      code: "UNKNOWN_FUNCTION",
      message: expect.stringContaining('The contract has no function "SET_SPED"; it has "SET_SPEED", "STOP"'),
    });
    await expect(bench.machine(press, {}, { SET_SPEED: 60 } as never)).rejects.toThrow(
      "The handlers of a machine: SET_SPEED: must be a function, not 60",
    );
    const stand = await bench.machine(press);
    expect(() => stand.handle("SET_SPED" as never, (() => 60) as never)).toThrow("no function");
    await expect(stand.nextCall("SET_SPED" as never)).rejects.toMatchObject({ code: "UNKNOWN_FUNCTION" });
    const caller = await bench.counterpart(press, { uuid: stand.uuid });
    await expect(caller.nextEvent("MEASURD" as never)).rejects.toMatchObject({ code: "UNKNOWN_EVENT" });
    await expect(caller.call("SET_SPED" as never)).rejects.toMatchObject({ code: "UNKNOWN_FUNCTION" });
  });

  it("is typed by the contract", () => {
    const check = async (bench: TestBench): Promise<void> => {
      const caller = await bench.counterpart(press, { uuid: "press-7" });
      expectTypeOf(await caller.call("SET_SPEED", 60)).toEqualTypeOf<number>();
      expectTypeOf(await caller.nextEvent("FAILED")).toEqualTypeOf<string>();
      // @ts-expect-error the payload is a number
      await caller.call("SET_SPEED", "60");
      // @ts-expect-error there is no such function
      await caller.call("SET_SPED", 60);
      // @ts-expect-error there is no such event
      await caller.nextEvent("MEASURD");
      // @ts-expect-error it needs to know which machine
      await bench.counterpart(press, {});

      const stand = await bench.machine(press, {}, { SET_SPEED: ({ dataObject }) => dataObject });
      await stand.events.SPEED_CHANGED.publish(60);
      // @ts-expect-error the payload is a number
      await stand.events.SPEED_CHANGED.publish("60");
      expectTypeOf((await stand.nextCall("SET_SPEED")).value).toEqualTypeOf<number>();
      const [first] = stand.calls;
      if (first?.functionId === "SET_SPEED") {
        expectTypeOf(first.value).toEqualTypeOf<number>();
      }
      // @ts-expect-error the answer is a number
      await bench.machine(press, {}, { SET_SPEED: () => "60" });
      // @ts-expect-error there is no such function
      stand.handle("SET_SPED", () => 60);
      stand.handle("SET_SPEED", async ({ dataObject }) => dataObject);
      expectTypeOf(press).toExtend<AnyContract>();
    };
    expectTypeOf(check).toBeFunction();
  });
});

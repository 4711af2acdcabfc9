// What compiles and what does not: `tsc` is the judge (`npm run typecheck`), every @ts-expect-error has to be needed.
import { expectTypeOf, it } from "vitest";
import * as z from "zod";
import * as mini from "zod/mini";
import { type ConfigParameter, contract, DataType, MsbClient, type MsbEvent } from "../../../src/index.ts";
import { identity } from "../../support/client/identity.ts";
import { testClient } from "../../support/setup.ts";

const Measurement = z.object({ celsius: z.number() }).meta({ id: "Measurement" });

const press = contract({
  events: {
    MEASURED: { name: "Measured", dataFormat: Measurement, priority: "HIGH" },
    MANY: { dataFormat: mini.int32(), isArray: true },
    SPEED_CHANGED: z.int32(),
    TYPE: DataType.DATETIME,
    STOPPED: null,
    FAILED: { dataFormat: "string" },
    EMPTY: { description: "without payload" },
  },
  functions: {
    SET_SPEED: { dataFormat: z.int32(), responds: "SPEED_CHANGED" },
    STOP: { responds: ["STOPPED", "FAILED"] },
    ASK: { responds: ["FAILED"] },
    MOVE: { parameters: { axis: z.enum(["x", "y"]), distance: DataType.DOUBLE } },
    NOTHING: null,
  },
  parameters: { limit: { type: DataType.INT32, value: 80 }, unit: { type: "string", value: "°C" } },
});

const handlers = {
  SET_SPEED: ({ dataObject }: { dataObject: number }) => dataObject,
  STOP: () => undefined,
  ASK: () => "why",
  MOVE: () => undefined,
  NOTHING: () => undefined,
};

it("the events and parameters of a device follow from the contract", () => {
  const device = testClient().implement(press, handlers);
  expectTypeOf(device.events).toEqualTypeOf<{
    readonly MEASURED: MsbEvent<{ celsius: number }>;
    readonly MANY: MsbEvent<number[]>;
    readonly SPEED_CHANGED: MsbEvent<number>;
    readonly TYPE: MsbEvent<string>;
    readonly STOPPED: MsbEvent<undefined>;
    readonly FAILED: MsbEvent<string>;
    readonly EMPTY: MsbEvent<undefined>;
  }>();
  expectTypeOf(device.parameters).toEqualTypeOf<{
    readonly limit: ConfigParameter<number>;
    readonly unit: ConfigParameter<string>;
  }>();
  expectTypeOf<keyof typeof device.functions>().toEqualTypeOf<
    "SET_SPEED" | "STOP" | "ASK" | "MOVE" | "NOTHING"
  >();
});

it("what a handler gets and returns does, too", () => {
  testClient().implement(press, {
    SET_SPEED: ({ dataObject, correlationId, respond }) => {
      expectTypeOf(dataObject).toEqualTypeOf<number>();
      expectTypeOf(correlationId).toEqualTypeOf<string | undefined>();
      void (() => respond("SPEED_CHANGED", 5, { priority: "LOW" }));
      // @ts-expect-error the event carries a number
      void (() => respond("SPEED_CHANGED", "fast"));
      // @ts-expect-error it is not among its response events
      void (() => respond("STOPPED"));
      return dataObject;
    },
    STOP: async ({ dataObject, respond }) => {
      expectTypeOf(dataObject).toEqualTypeOf<undefined>();
      void (() => respond("STOPPED"));
      void (() => respond("FAILED", "jammed"));
      // @ts-expect-error its payload is missing
      void (() => respond("FAILED"));
    },
    ASK: () => "why",
    MOVE: ({ parameters }) => {
      expectTypeOf(parameters).toEqualTypeOf<{ axis: "x" | "y"; distance: number }>();
    },
    NOTHING: ({ respond }) => {
      // @ts-expect-error it has no response events
      void (() => respond("STOPPED"));
    },
  });
});

it("wrong handlers do not compile", () => {
  const client = testClient();
  const check = (): void => {
    // @ts-expect-error there are none
    client.implement(press);
    const { ASK: _, ...incomplete } = handlers;
    // @ts-expect-error one is missing
    client.implement(press, incomplete);
    // @ts-expect-error it returns what its response event does not carry
    client.implement(press, { ...handlers, SET_SPEED: () => "fast" });
    const ofText = ({ dataObject }: { dataObject: string }) => dataObject.length;
    // @ts-expect-error it wants what does not come
    client.implement(press, { ...handlers, SET_SPEED: ofText });
    client.implement(press, {
      ...handlers,
      // @ts-expect-error there is no such function
      FLY: () => undefined,
    });
    client.implement(contract({ events: { ONLY: null } }));
  };
  expectTypeOf(check).toBeFunction();
});

it("a wrong contract does not compile", () => {
  const check = (): void => {
    // @ts-expect-error there is no such event
    contract({ events: { SPEED_CHANGED: z.int32() }, functions: { GO: { responds: "SPEED_CHANGE" } } });
    // @ts-expect-error one of them is not there
    contract({ events: { STOPPED: null }, functions: { GO: { responds: ["STOPPED", "GONE"] } } });
    // @ts-expect-error there are no events
    contract({ functions: { GO: { responds: "GONE" } } });
    // @ts-expect-error a value of another type
    contract({ parameters: { limit: { type: DataType.INT32, value: "80" } } });
    // @ts-expect-error there is no such priority
    contract({ events: { E: { priority: "URGENT" } } });
    // @ts-expect-error there is no such type
    contract({ events: { E: { dataFormat: "int33" } } });
    // @ts-expect-error there is no such type
    contract({ functions: { F: { dataFormat: "int33" } } });
    // @ts-expect-error there is no such type
    contract({ functions: { F: { parameters: { x: "int33" } } } });
    // @ts-expect-error there is no such type
    contract({ events: { E: "int33" } });
    const json: string = '{"type":"string"}';
    contract({ events: { E: { dataFormat: json }, F: { dataFormat: '{"type":"string"}' } } });
    // @ts-expect-error either or
    contract({ functions: { F: { dataFormat: z.int32(), parameters: { x: z.int32() } } } });
    // @ts-expect-error there is no such group
    contract({ actions: {} });
  };
  expectTypeOf(check).toBeFunction();
});

it("a counterpart knows the values of events, and what calls take and answer", () => {
  const machine = testClient().counterpart(press, { uuid: "press-7" });
  const check = async (): Promise<void> => {
    machine.on("MEASURED", (value, { postDate }) => {
      expectTypeOf(value).toEqualTypeOf<{ celsius: number }>();
      expectTypeOf(postDate).toEqualTypeOf<string | undefined>();
    });
    // @ts-expect-error there is no such event
    machine.on("MEASURE", () => undefined);
    for await (const value of machine.events("MANY")) {
      expectTypeOf(value).toEqualTypeOf<number[]>();
    }
    expectTypeOf(machine.lastValue("FAILED")?.value).toEqualTypeOf<string | undefined>();
    expectTypeOf(machine.lastValue("FAILED")?.age).toEqualTypeOf<number | undefined>();

    expectTypeOf(await machine.call("SET_SPEED", 60, { timeout: 5 })).toEqualTypeOf<number>();
    expectTypeOf(await machine.call("ASK")).toEqualTypeOf<string>();
    expectTypeOf(await machine.call("NOTHING", { timeout: 5 })).toEqualTypeOf<undefined>();
    expectTypeOf(await machine.call("MOVE", { axis: "x", distance: 1 })).toEqualTypeOf<undefined>();
    const stopped = await machine.call("STOP", undefined, { cached: true });
    if (stopped.eventId === "FAILED") {
      expectTypeOf(stopped.value).toEqualTypeOf<string>();
    } else {
      expectTypeOf(stopped).toEqualTypeOf<{ readonly eventId: "STOPPED"; readonly value: undefined }>();
    }
    // @ts-expect-error there is no such function
    void machine.call("SET_SPEE", 60);
    // @ts-expect-error a payload of another type
    void machine.call("SET_SPEED", "fast");
    // @ts-expect-error its payload is missing
    void machine.call("SET_SPEED");
    // @ts-expect-error it has no payload
    void machine.call("STOP", 5);
    // @ts-expect-error a parameter is missing
    void machine.call("MOVE", { axis: "x" });
    // @ts-expect-error a parameter has another type
    void machine.call("MOVE", { axis: "z", distance: 1 });
    // @ts-expect-error the option is called timeout
    void machine.call("SET_SPEED", 60, { tiemout: 5 });
    // @ts-expect-error which machine?
    testClient().counterpart(press, {});
  };
  expectTypeOf(check).toBeFunction();
});

it("a client of a contract publishes by id, with types", () => {
  const client = new MsbClient<typeof press>({ ...identity(), logLevel: "silent" });
  const gateway = testClient({ type: "Gateway" });
  const check = (): void => {
    void client.publish("MEASURED", { celsius: 1 }, { cached: true });
    void client.publish("STOPPED");
    void client.publish("STOPPED", { priority: "HIGH" });
    void client.publish("SPEED_CHANGED", 5, "HIGH", true);
    // @ts-expect-error there is no such event
    void client.publish("MEASURE", { celsius: 1 });
    // @ts-expect-error a payload of another type
    void client.publish("SPEED_CHANGED", "fast");
    // @ts-expect-error its payload is missing
    void client.publish("SPEED_CHANGED");
    // @ts-expect-error it has no payload
    void client.publish("STOPPED", 5);
    const service = gateway.addService<typeof press>(identity());
    // @ts-expect-error a payload of another type
    void service.publish("SPEED_CHANGED", "fast", "HIGH");
    // Any client will do where none of a contract is asked for.
    const any: MsbClient = client;
    void any.publish("WHATEVER", { a: 1 }, "HIGH", true, new Date(), "c");
    void any.publish("WHATEVER", 5, { cached: true });
  };
  expectTypeOf(check).toBeFunction();
});

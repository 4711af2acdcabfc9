import { describe, expect, expectTypeOf, it } from "vitest";
import * as z from "zod";
import { contract, DataType, type FunctionCall, type MsbFunction } from "../../src/index.ts";
import { settled } from "../../src/testing/fake-clock.ts";
import { identity } from "../support/client/identity.ts";
import { registeredClient } from "../support/client/registered-client.ts";
import { scriptedClient } from "../support/client/scripted-client.ts";
import { testBroker, testClient } from "../support/setup.ts";

const callOf = (uuid: string, functionId: string, dataObject?: unknown): string =>
  `C ${JSON.stringify({ uuid, functionId, functionParameters: { dataObject }, correlationId: "c" })}`;

describe("a function that was added", () => {
  it("knows its id and its service, behind a gateway too", () => {
    const gateway = testClient({ type: "Gateway" });
    const lamp = gateway.addService(identity());
    expect(gateway.addFunction({ functionId: "F", handler: () => {} })).toMatchObject({
      functionId: "F",
      uuid: gateway.uuid,
    });
    expect(lamp.addFunction({ functionId: "F", handler: () => {} }).uuid).toBe(lamp.uuid);
    expect(lamp.addEvent({ eventId: "E" })).toMatchObject({ eventId: "E", uuid: lamp.uuid });
  });

  it("takes part in a flow as it is, and so does an event", async () => {
    const broker = await testBroker();
    const [press, display] = [testClient(), testClient()];
    const speed = press.addEvent({ eventId: "SPEED", dataFormat: "int32" });
    const shown = display.addEvent({ eventId: "SHOWN", dataFormat: "int32" });
    const show = display.addFunction({
      functionId: "SHOW",
      dataFormat: "int32",
      responseEvents: [shown],
      handler: ({ dataObject }) => dataObject,
    });
    broker.addFlow({ from: speed, to: show });
    await Promise.all([press.start(broker.url), display.start(broker.url)]);
    const answer = broker.waitForEvent({ eventId: "SHOWN" });
    await speed.publish(1200);
    await expect(answer).resolves.toMatchObject({ dataObject: 1200, uuid: display.uuid });
    // Only what makes the flow is kept of them.
    expect(broker.flows).toEqual([
      {
        from: { uuid: press.uuid, eventId: "SPEED" },
        to: { uuid: display.uuid, functionId: "SHOW" },
      },
    ]);
    broker.addFlow({ from: [speed, shown], to: show, mapping: { "/dataObject": "/0/dataObject" } });
    expect(broker.removeFlow({ from: speed, to: show })).toBe(true);
    expect(broker.flows).toHaveLength(1);
  });
});

describe("handle()", () => {
  it("replaces the handler from the next call on; the one that runs ends as it is", async () => {
    const broker = await testBroker();
    const client = testClient();
    const answered = client.addEvent({ eventId: "ANSWERED", dataFormat: "string" });
    const finish: ((value: string) => void)[] = [];
    const first = client.addFunction({
      functionId: "F",
      responseEvents: [answered],
      handler: () => new Promise<string>((resolve) => finish.push(resolve)),
    });
    await client.start(broker.url);
    const late = broker.waitForEvent({ correlationId: "1" });
    broker.call(client.uuid, "F", undefined, { correlationId: "1" });
    await expect.poll(() => finish).toHaveLength(1);
    first.handle(() => "second");
    const early = broker.waitForEvent({ correlationId: "2" });
    broker.call(client.uuid, "F", undefined, { correlationId: "2" });
    await expect(early).resolves.toMatchObject({ dataObject: "second" });
    finish[0]?.("first");
    await expect(late).resolves.toMatchObject({ dataObject: "first" });
  });

  it("does not register again: the self-description is the same", async () => {
    const { client, registrations } = await registeredClient();
    const added = client.addFunction({ functionId: "F", handler: () => {} });
    await settled();
    const before = registrations().length;
    added.handle(() => {});
    await settled();
    expect(registrations()).toHaveLength(before);
  });

  it("refuses what is no function, and a function that was removed", () => {
    const client = testClient();
    const added = client.addFunction({ functionId: "F", handler: () => {} });
    expect(() => added.handle("now" as never)).toThrow(
      'Function "F": handler: must be a function, not "now"',
    );
    added.remove();
    expect(() => added.handle(() => {})).toThrow(expect.objectContaining({ code: "UNKNOWN_FUNCTION" }));
  });

  it("is typed as the handler was", () => {
    const client = testClient();
    const speedChanged = client.addEvent({ eventId: "SPEED_CHANGED", dataFormat: z.int32() });
    const setSpeed = client.addFunction({
      functionId: "SET_SPEED",
      dataFormat: z.int32(),
      responseEvents: [speedChanged],
      handler: ({ dataObject }) => dataObject,
    });
    const move = client.addFunction({
      functionId: "MOVE",
      parameters: { axis: "string", distance: DataType.DOUBLE },
      handler: () => {},
    });
    const stop = client.addFunction("STOP", null, null, null, () => {});
    const device = testClient().implement(
      contract({
        events: { DONE: z.string() },
        functions: { WORK: { dataFormat: "int32", responds: "DONE" } },
      }),
      { WORK: () => "done" },
    );
    const check = (): void => {
      setSpeed.handle(({ dataObject }) => {
        expectTypeOf(dataObject).toEqualTypeOf<number>();
        return dataObject;
      });
      // @ts-expect-error the response event carries a number
      setSpeed.handle(() => "fast");
      // @ts-expect-error the payload is a number
      setSpeed.handle((call: FunctionCall<string>) => void call);
      move.handle(({ parameters }) => {
        expectTypeOf(parameters).toEqualTypeOf<{ axis: string; distance: number }>();
      });
      stop.handle(({ dataObject }) => void expectTypeOf(dataObject).toEqualTypeOf<undefined>());
      device.functions.WORK.handle(({ dataObject }) => {
        expectTypeOf(dataObject).toEqualTypeOf<number>();
        return "done";
      });
      // @ts-expect-error the response event carries a string
      device.functions.WORK.handle(() => 5);
    };
    expectTypeOf(check).toBeFunction();
    // Any of them goes where functions of all types are kept.
    const all: MsbFunction[] = [setSpeed, move, stop, device.functions.WORK];
    expect(all.map(({ functionId }) => functionId)).toEqual(["SET_SPEED", "MOVE", "STOP", "WORK"]);
  });
});

describe("remove()", () => {
  it("takes the function out of the self-description, and the client registers again by itself", async () => {
    const broker = await testBroker();
    const client = testClient();
    const added = client.addFunction({ functionId: "F", handler: () => {} });
    client.addFunction({ functionId: "G", handler: () => {} });
    await client.start(broker.url);
    added.remove();
    expect(client.getSelfDescription().functions.map(({ functionId }) => functionId)).toEqual(["G"]);
    await expect
      .poll(() => broker.services.get(client.uuid)?.selfDescription.functions)
      .toEqual([expect.objectContaining({ functionId: "G" })]);
  });

  it("lets calls that have come end with their answers; a later one is reported", async () => {
    const { client, clock, errors, last, register, event, sentValues } = scriptedClient({
      maxConcurrentCalls: 1,
    });
    const finish: (() => void)[] = [];
    const added = client.addFunction({
      functionId: "F",
      dataFormat: "int32",
      responseEvents: [event],
      handler: ({ dataObject }) => new Promise<number>((resolve) => finish.push(() => resolve(dataObject))),
    });
    await register();
    // One runs, and one waits for it.
    last().serverSends(callOf(client.uuid, "F", 1), callOf(client.uuid, "F", 2));
    added.remove();
    last().serverSends(callOf(client.uuid, "F", 3));
    expect(errors).toEqual([expect.objectContaining({ code: "UNKNOWN_FUNCTION" })]);
    await settled();
    last().serverSends("IO_REGISTERED");
    finish[0]?.();
    await settled();
    last().serverSends("IO_PUBLISHED");
    await settled();
    finish[1]?.();
    await settled();
    last().serverSends("IO_PUBLISHED");
    await clock.advance(0);
    expect(sentValues()).toEqual([1, 2]);
    expect(finish).toHaveLength(2);
    expect(errors).toHaveLength(1);
  });

  it("frees the id for another one, which the old handle does not touch", () => {
    const client = testClient();
    const old = client.addFunction({ functionId: "F", handler: () => {} });
    old.remove();
    client.addFunction({ functionId: "F", name: "Another", handler: () => {} });
    old.remove();
    expect(() => old.handle(() => {})).toThrow("was removed");
    expect(client.getSelfDescription().functions).toMatchObject([{ functionId: "F", name: "Another" }]);
  });

  it("of several functions in one turn registers once", async () => {
    const { client, last, registrations } = await registeredClient();
    const added = ["F", "G"].map((functionId) => client.addFunction({ functionId, handler: () => {} }));
    await settled();
    last().serverSends("IO_REGISTERED");
    const before = registrations().length;
    for (const each of added) {
      each.remove();
    }
    await settled();
    expect(registrations()).toHaveLength(before + 1);
    expect(registrations().at(-1)).toContain('"functions":[]');
  });
});

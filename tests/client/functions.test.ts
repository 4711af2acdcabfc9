import { describe, expect, it } from "vitest";
import * as z from "zod";
import type { MsbClient, MsbError } from "../../src/index.ts";
import { testBroker, testClient } from "../support/setup.ts";

async function setUp(describeService: (client: MsbClient) => void) {
  const broker = await testBroker();
  const client = testClient();
  const errors: MsbError[] = [];
  client.on("error", (error) => errors.push(error));
  describeService(client);
  await client.connect(broker.url);
  await client.register();

  /** Calls, and gives the response event that carries the correlation id of this call. */
  let calls = 0;
  async function call(functionId: string, value?: unknown) {
    calls += 1;
    const correlationId = `call ${calls}`;
    const response = broker.waitForEvent({ correlationId });
    broker.call(client.uuid, functionId, value, { correlationId });
    return await response;
  }
  return { broker, client, errors, call };
}

describe("a handler", () => {
  it("gets the payload, the parameters, the correlation id and the function id", async () => {
    const seen: unknown[] = [];
    const { call, client } = await setUp((service) => {
      const done = service.addEvent({ eventId: "DONE" });
      service.addFunction({
        functionId: "F",
        dataFormat: z.object({ a: z.array(z.int32()) }),
        responseEvents: [done],
        handler: ({ respond, ...rest }) => {
          seen.push(rest);
        },
      });
    });
    await expect(call("F", { a: [1, 2] })).resolves.toMatchObject({ eventId: "DONE", uuid: client.uuid });
    const payload = { a: [1, 2] };
    expect(seen).toEqual([
      { dataObject: payload, parameters: { dataObject: payload }, correlationId: "call 1", functionId: "F" },
    ]);
  });

  it.each([
    [true, "__proto__"],
    [false, "__proto__"],
    [true, String.raw`\u005f_proto\u005F_`],
    [false, String.raw`\u005f_proto\u005F_`],
  ])("gets no member __proto__ of the message (validation: %s, as %s)", async (isValidated, key) => {
    const seen: unknown[] = [];
    const handler = (call: object) => void seen.push(JSON.parse(JSON.stringify(call)));
    const { broker, client, call } = await setUp((service) => {
      service.enableDataFormatValidation(isValidated);
      service.addFunction({ functionId: "NOTHING", handler });
      service.addFunction({ functionId: "NUMBER", dataFormat: "int32", handler });
      service.addFunction({ functionId: "OBJECT", dataFormat: z.looseObject({}), handler });
      service.addFunction({ functionId: "NAMED", parameters: { p: z.looseObject({}) }, handler });
      const done = service.addEvent({ eventId: "DONE" });
      service.addFunction({ functionId: "LAST", responseEvents: [done], handler: () => {} });
    });
    const evil = `"${key}":{"isAdmin":true}`;
    for (const [functionId, parameters] of [
      ["NOTHING", `{${evil}}`],
      ["NUMBER", `{${evil},"dataObject":5}`],
      ["OBJECT", `{"dataObject":{${evil}},"more":[{${evil}}]}`],
      ["NAMED", `{"p":{${evil}}}`],
    ]) {
      broker.send(
        client.uuid,
        `C {"uuid":"${client.uuid}","functionId":"${functionId}","functionParameters":${parameters}}`,
      );
    }
    await call("LAST");
    expect(seen).toEqual([
      { functionId: "NOTHING", parameters: {} },
      { functionId: "NUMBER", dataObject: 5, parameters: { dataObject: 5 } },
      { functionId: "OBJECT", dataObject: {}, parameters: { dataObject: {}, more: [{}] } },
      { functionId: "NAMED", parameters: { p: {} } },
    ]);
    expect(JSON.stringify(seen)).not.toContain("isAdmin");
  });

  it("is found with the slash that an MSB puts before the id", async () => {
    const { call } = await setUp((service) => {
      const done = service.addEvent({ eventId: "DONE", dataFormat: "string" });
      service.addFunction({
        functionId: "F",
        responseEvents: [done],
        handler: ({ functionId }) => functionId,
      });
    });
    await expect(call("/F")).resolves.toMatchObject({ dataObject: "F" });
  });

  it("with a slash declared is found exactly", async () => {
    const { call } = await setUp((service) => {
      const done = service.addEvent({ eventId: "DONE", dataFormat: "string" });
      service.addFunction({ functionId: "/F", responseEvents: [done], handler: () => "with" });
      service.addFunction({ functionId: "F", responseEvents: [done], handler: () => "without" });
    });
    await expect(call("/F")).resolves.toMatchObject({ dataObject: "with" });
    await expect(call("F")).resolves.toMatchObject({ dataObject: "without" });
  });

  it("answers by what it returns, or by respond, or both, sync or async", async () => {
    const { call, broker } = await setUp((service) => {
      const result = service.addEvent({ eventId: "RESULT", dataFormat: "int32" });
      const progress = service.addEvent({ eventId: "PROGRESS", dataFormat: "int32" });
      service.addFunction({ functionId: "SYNC", responseEvents: [result], handler: () => 1 });
      service.addFunction({ functionId: "ASYNC", responseEvents: [result], handler: async () => 2 });
      service.addFunction({
        functionId: "BOTH",
        responseEvents: [progress, "RESULT"],
        handler: async ({ respond }) => {
          await respond(progress, 50);
          await respond("RESULT", 3);
        },
      });
    });
    await expect(call("SYNC")).resolves.toMatchObject({ eventId: "RESULT", dataObject: 1 });
    await expect(call("ASYNC")).resolves.toMatchObject({ eventId: "RESULT", dataObject: 2 });
    const third = broker.waitForEvent({ eventId: "RESULT" });
    await expect(call("BOTH")).resolves.toMatchObject({ eventId: "PROGRESS", dataObject: 50 });
    await expect(third).resolves.toMatchObject({ dataObject: 3, correlationId: "call 3" });
  });

  it("that returns nothing answers nothing", async () => {
    const { broker, call } = await setUp((service) => {
      const result = service.addEvent({ eventId: "RESULT", dataFormat: "int32" });
      service.addFunction({ functionId: "QUIET", responseEvents: [result], handler: () => undefined });
      service.addFunction({ functionId: "LOUD", responseEvents: [result], handler: () => 1 });
    });
    broker.call((await call("LOUD")).uuid, "QUIET");
    await call("LOUD");
    expect(broker.events).toHaveLength(2);
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("no oil");
      },
    ],
    ["rejects", () => Promise.reject(new Error("no oil"))],
    ["ends its message with a full stop", () => Promise.reject(new Error("no oil."))],
  ])("that %s is reported, and the connection goes on", async (_, fails: () => never | Promise<never>) => {
    const { broker, client, errors, call } = await setUp((service) => {
      const result = service.addEvent({ eventId: "RESULT", dataFormat: "int32" });
      service.addFunction({ functionId: "FAILS", responseEvents: [result], handler: fails });
      service.addFunction({ functionId: "WORKS", responseEvents: [result], handler: () => 1 });
    });
    broker.call(client.uuid, "FAILS");
    await expect(call("WORKS")).resolves.toMatchObject({ dataObject: 1 });
    expect(errors).toEqual([
      expect.objectContaining({
        code: "HANDLER_FAILED",
        message: 'The handler of function "FAILS" failed: no oil.',
        cause: expect.objectContaining({ message: expect.stringMatching(/^no oil\.?$/) }),
      }),
    ]);
  });

  it("is not handed a value that does not fit; the error says what and where", async () => {
    let handled = 0;
    const { broker, client, errors, call } = await setUp((service) => {
      const done = service.addEvent({ eventId: "DONE" });
      service.addFunction({
        functionId: "F",
        dataFormat: z.object({ speed: z.int32() }),
        responseEvents: [done],
        handler: () => {
          handled += 1;
        },
      });
    });
    broker.call(client.uuid, "F", { speed: "fast" });
    await call("F", { speed: 5 });
    expect(handled).toBe(1);
    expect(errors).toEqual([
      expect.objectContaining({
        code: "INVALID_VALUE",
        issues: [expect.objectContaining({ path: "dataObject.speed" })],
      }),
    ]);
    expect(errors[0]?.message).toContain('"F"');
  });

  it("that answers with a wrong value is reported", async () => {
    const { broker, client, errors } = await setUp((service) => {
      const done = service.addEvent({ eventId: "DONE", dataFormat: "int32" });
      service.addFunction({ functionId: "F", responseEvents: [done], handler: () => 1.5 });
    });
    broker.call(client.uuid, "F");
    await expect.poll(() => errors.length).toBe(1);
    expect(errors[0]).toMatchObject({ code: "INVALID_VALUE", message: expect.stringContaining('"DONE"') });
  });

  it("does not hold up the next call", async () => {
    let release: (value: number) => void = () => {};
    const { broker, client, call } = await setUp((service) => {
      const result = service.addEvent({ eventId: "RESULT", dataFormat: "int32" });
      service.addFunction({
        functionId: "SLOW",
        responseEvents: [result],
        handler: () =>
          new Promise<number>((resolve) => {
            release = resolve;
          }),
      });
      service.addFunction({ functionId: "FAST", responseEvents: [result], handler: () => 2 });
    });
    broker.call(client.uuid, "SLOW");
    await expect(call("FAST")).resolves.toMatchObject({ dataObject: 2 });
    const slow = broker.waitForEvent({ eventId: "RESULT" });
    release(1);
    await expect(slow).resolves.toMatchObject({ dataObject: 1 });
  });
});

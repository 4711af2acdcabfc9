// What docs/guides/migration.md says of the official Node.js client, and how it is here: definitions and values.
import { describe, expect, it } from "vitest";
import { ComplexDataFormat, DataType, type MsbClient } from "../../src/index.ts";
import { scriptedClient } from "../../src/testing/index.ts";
import { saidThere, there, useOfficialNode } from "../support/docs/official-node.ts";
import { testBroker, testClient } from "../support/setup.ts";

useOfficialNode();

const dataFormatOf = (client: MsbClient): unknown => client.getSelfDescription().events.at(-1)?.dataFormat;

describe("defining a service", () => {
  it("makes an array of JSON, which is ignored there", async () => {
    const add = 'addEvent("E", "E", "", \'{"type":"string"}\', "LOW", true)';
    const print = "console.log(JSON.stringify(client.getSelfDescription().events[0].dataFormat));";
    expect(await saidThere(`client.${add}; ${print}`)).toEqual({ dataObject: { type: "string" } });
    const client = testClient();
    client.addEvent("E", "E", "", '{"type":"string"}', "LOW", true);
    expect(dataFormatOf(client)).toEqual({ dataObject: { type: "array", items: { type: "string" } } });
  });

  it("takes a JSON string with a dataObject, which is refused there", async () => {
    const format = '{"dataObject":{"type":"string"}}';
    const add = `client.addEvent("E", "E", "", '${format}', "LOW", false);`;
    expect(
      await saidThere(`try { ${add} } catch (error) { console.log(JSON.stringify(error.message)); }`),
    ).toMatch(/invalid dataformat/);
    const client = testClient();
    client.addEvent("E", "E", "", format);
    expect(dataFormatOf(client)).toEqual(JSON.parse(format));
  });

  it("names an unknown priority, which counts as LOW there", async () => {
    const print =
      "console.log(client.getSelfDescription && JSON.stringify(client.events.E.implementation.priority));";
    expect(await saidThere(`client.addEvent("E", "E", "", "string", "URGENT"); ${print}`)).toBe(0);
    expect(() => testClient().addEvent("E", "E", "", "string", "URGENT" as "HIGH")).toThrow(/"URGENT"/);
  });

  it("has the priority and the handler in the object forms", () => {
    const client = testClient();
    client.addEvent({ eventId: "E", dataFormat: "string", priority: "HIGH" });
    client.addFunction({ functionId: "F", handler: () => {} });
    expect(() =>
      client.addEvent({ eventId: "E2", implementation: { priority: 2 } } as unknown as { eventId: string }),
    ).toThrow(/implementation/);
  });

  it("takes no string for a boolean parameter; there it is read", async () => {
    const print = 'console.log(JSON.stringify(client.getConfigParameter("on")));';
    expect(await saidThere(`client.addConfigParameter("on", "true", "boolean"); ${print}`)).toBe(true);
    expect(() => testClient().addConfigParameter("on", "true" as unknown as boolean, "boolean")).toThrow(
      /must be true or false, not "true"/,
    );
  });

  it("throws for an unknown parameter, which is undefined there", async () => {
    expect(
      await saidThere('console.log(JSON.stringify(client.getConfigParameter("p") === undefined));'),
    ).toBe(true);
    expect(() => testClient().getConfigParameter("p")).toThrow(/no configuration parameter "p"/);
  });

  it("changes a parameter without a connection, which throws there", async () => {
    const change = 'client.addConfigParameter("p", 1, "int32"); client.changeConfigParameter("p", 2);';
    expect(
      await saidThere(`try { ${change} } catch (error) { console.log(JSON.stringify(error)); }`),
    ).toMatch(/No active MSB connection/);
    const client = testClient();
    client.addConfigParameter("p", 1, "int32");
    await client.changeConfigParameter("p", 2);
    expect(client.getConfigParameter("p")).toBe(2);
  });

  it("knows a complex format by itself, and not by its name", () => {
    const client = testClient();
    client.addEvent("E", "E", "", new ComplexDataFormat("A").addProperty("x", DataType.INT32));
    expect(dataFormatOf(client)).toHaveProperty("A.properties.x.type", "integer");
    expect(() => client.addEvent("E2", "E2", "", "A" as "string")).toThrow(/unknown data type "A"/);
  });
});

describe("values", () => {
  it("are refused if they are wrong, and sent there", async () => {
    const broker = await testBroker();
    const received = broker.waitForEvent({ uuid: "there" }, 50_000);
    await using _program = await there(`
      client.addEvent("E", "E", "", "int32");
      client.connect("${broker.url}"); client.register();
      setInterval(() => client.publish("E", "fast"), 50);
    `);
    expect((await received).dataObject).toBe("fast");
    const { client, server } = scriptedClient();
    server.acceptAll();
    await client.start();
    client.addEvent("E", "E", "", "int32");
    await expect(client.publish("E", "fast")).rejects.toMatchObject({ code: "INVALID_VALUE" });
    await expect(client.publish("E", 2 ** 31)).rejects.toMatchObject({ code: "INVALID_VALUE" });
    await expect(client.publish("E", null)).rejects.toMatchObject({ code: "INVALID_VALUE" });
    expect(server.events).toEqual([]);
    await client.disconnect();
  });

  it("may be a double without a fraction, and an integer without a loss of digits", async () => {
    const { client, server } = scriptedClient();
    server.acceptAll();
    await client.start();
    client.addEvent("E", "E", "", "double");
    client.addEvent("I", "I", "", "int64");
    await client.publish("E", 5.0);
    expect(server.events.at(-1)).toMatchObject({ dataObject: 5 });
    await client.publish("I", Number.MAX_SAFE_INTEGER);
    await expect(client.publish("I", Number.MAX_SAFE_INTEGER + 1)).rejects.toThrow(
      /larger one would lose digits/,
    );
    await client.disconnect();
  });

  it("of dates are ISO 8601 with seconds and an offset", async () => {
    const { client, server } = scriptedClient();
    server.acceptAll();
    await client.start();
    client.addEvent("AT", "At", "", DataType.DATETIME);
    await client.publish("AT", new Date(0).toISOString());
    await client.publish("AT", "2017-07-14T02:40:00+02:00");
    for (const wrong of [new Date(0), "2017-07-14T02:40:00", "2017-07-14 02:40:00Z"]) {
      await expect(client.publish("AT", wrong)).rejects.toMatchObject({ code: "INVALID_VALUE" });
    }
    await client.disconnect();
  });

  it("are published with the date and the priority that belong to them; there the date is ignored, the priority stays", async () => {
    const broker = await testBroker();
    const of = (client: string, n: number) =>
      broker.waitForEvent((event) => event.uuid === client && event.dataObject === n, 50_000);
    const [first, second] = [of("there", 1), of("there", 2)];
    await using _program = await there(`
      client.addEvent("E", "E", "", "int32", "LOW");
      client.connect("${broker.url}"); client.register();
      const wait = setInterval(() => {
        if (client.isRegistered()) {
          clearInterval(wait);
          client.publish("E", 1, "HIGH", false, "2017-07-14T02:40:00.123Z");
          client.publish("E", 2);
        }
      }, 20);
    `);
    expect(await first).toMatchObject({ priority: 2, postDate: expect.not.stringMatching(/^2017/) });
    expect(await second).toMatchObject({ priority: 2 });
    const client = testClient({ uuid: "here" });
    client.addEvent("E", "E", "", "int32", "LOW");
    await client.start(broker.url);
    const ours = [of("here", 1), of("here", 2)] as const;
    await client.publish("E", 1, "HIGH", false, "2017-07-14T02:40:00.123Z");
    await client.publish("E", 2);
    expect(await ours[0]).toMatchObject({ priority: 2, postDate: "2017-07-14T02:40:00.123Z" });
    expect(await ours[1]).toMatchObject({ priority: 0 });
  });

  it("are cached by the fourth argument, or an option", async () => {
    const client = testClient();
    client.addEvent("E", "E", "", "int32");
    await expect(client.publish("E", 1, true as unknown as "LOW")).rejects.toThrow(/priority/);
    await expect(client.publish({ eventId: "E", value: 1 } as unknown as string)).rejects.toMatchObject({
      code: "UNKNOWN_EVENT",
    });
    const waiting = [client.publish("E", 1, null, true), client.publish("E", 2, { cached: true })];
    const settled = Promise.allSettled(waiting);
    expect(client.stats().cached).toBe(2);
    await client.disconnect();
    expect((await settled).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });
});

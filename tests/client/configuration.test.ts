import { describe, expect, it } from "vitest";
import { type ConfigChange, DataType, type MsbError } from "../../src/index.ts";
import { identity } from "../support/client/identity.ts";
import { testBroker, testClient } from "../support/setup.ts";

async function setUp() {
  const broker = await testBroker();
  const client = testClient();
  const limit = client.addConfigParameter("limit", 80, DataType.INT32);
  const mode = client.addConfigParameter("mode", "auto", DataType.STRING);
  const changes: ConfigChange[] = [];
  const errors: MsbError[] = [];
  const registrations: unknown[] = [];
  client.on("configChange", (change) => changes.push(change));
  client.on("error", (error) => errors.push(error));
  broker.on("register", () =>
    registrations.push(broker.services.get(client.uuid)?.selfDescription["configuration" as never]),
  );
  const connect = async (): Promise<void> => {
    await client.connect(broker.url);
    await client.register();
  };
  return { broker, client, limit, mode, changes, errors, registrations, connect };
}

describe("configuration parameters", () => {
  it("stand in the self-description, in upper case, with each type", () => {
    const client = testClient();
    client.addConfigParameter("i32", 1, "int32");
    client.addConfigParameter("i64", 2, DataType.INT64);
    client.addConfigParameter("f", 1.5, "float");
    client.addConfigParameter("d", 2.5, "double");
    client.addConfigParameter("s", "text", "string");
    client.addConfigParameter("b", true, "boolean");
    client.addConfigParameter("t", "2017-07-14T02:40:00.123Z", "date-time");
    client.addConfigParameter("y", "AAEC", "byte");
    client.addConfigParameter("a", 3, "integer");
    expect(client.getSelfDescription().configuration).toEqual({
      parameters: {
        i32: { value: 1, type: "INTEGER", format: "INT32" },
        i64: { value: 2, type: "INTEGER", format: "INT64" },
        f: { value: 1.5, type: "NUMBER", format: "FLOAT" },
        d: { value: 2.5, type: "NUMBER", format: "DOUBLE" },
        s: { value: "text", type: "STRING" },
        b: { value: true, type: "BOOLEAN" },
        t: { value: "2017-07-14T02:40:00.123Z", type: "STRING", format: "DATE-TIME" },
        y: { value: "AAEC", type: "STRING", format: "BYTE" },
        a: { value: 3, type: "INTEGER", format: "INT64" },
      },
    });
  });

  it.each<[string, unknown, unknown, RegExp]>([
    ["", 1, "int32", /name: must not be empty/],
    ["limit", 1, "int32", /name: was added already/],
    ["p", 1, "int16", /^Configuration parameter "p": type: must be one of string, int32, .*not "int16"$/],
    ["p", 1.5, "int32", /^Configuration parameter "p": value: must be a whole number, not 1.5/],
    ["p", "1", "int32", /value: must be a number, not "1"/],
  ])("%j = %j of type %j is refused", (name, value, type, message) => {
    const client = testClient();
    client.addConfigParameter("limit", 80, "int32");
    expect(() => client.addConfigParameter(name, value as never, type as never)).toThrow(message);
  });

  it("are changed by K: one change event each, one registration for all", async () => {
    const { broker, client, limit, mode, changes, registrations, connect } = await setUp();
    await connect();
    broker.configure(client.uuid, { limit: 90, mode: "manual" });
    await expect.poll(() => registrations.length).toBe(2);
    expect([limit.value, mode.value]).toEqual([90, "manual"]);
    expect(changes).toEqual([
      { uuid: client.uuid, name: "limit", oldValue: 80, newValue: 90, source: "msb" },
      { uuid: client.uuid, name: "mode", oldValue: "auto", newValue: "manual", source: "msb" },
    ]);
    expect(registrations[1]).toMatchObject({
      parameters: { limit: { value: 90 }, mode: { value: "manual" } },
    });
  });

  it("of a K that do not fit or are not known are reported and left as they are; the others are set", async () => {
    const { broker, client, limit, mode, errors, connect } = await setUp();
    await connect();
    broker.configure(client.uuid, { limit: "high", speed: 5, mode: "manual" });
    await expect.poll(() => mode.value).toBe("manual");
    expect(limit.value).toBe(80);
    expect(errors.map(({ code, message }) => [code, message])).toEqual([
      [
        "INVALID_VALUE",
        expect.stringMatching(/^Configuration parameter "limit": value: must be a number, not "high"$/),
      ],
      [
        "UNKNOWN_PARAMETER",
        expect.stringMatching(
          /^There is no configuration parameter "speed": the known ones are "limit", "mode"/,
        ),
      ],
    ]);
  });

  it("of a K for another service change nothing", async () => {
    const { broker, client, limit, errors, registrations, connect } = await setUp();
    await connect();
    broker.send(client.uuid, 'K {"uuid":"other","params":{"limit":1}}', "ping");
    await expect.poll(() => errors.length).toBe(1);
    expect(limit.value).toBe(80);
    expect(registrations).toHaveLength(1);
  });

  it("are changed by the program, offline and online", async () => {
    const { broker, client, limit, mode, changes, registrations, connect } = await setUp();
    await limit.change(85);
    expect(client.getConfigParameter("limit")).toBe(85);
    await connect();
    await client.changeConfigParameter("mode", "manual");
    expect(mode.value).toBe("manual");
    expect(changes.map(({ source }) => source)).toEqual(["program", "program"]);
    expect(registrations).toMatchObject([
      { parameters: { limit: { value: 85 }, mode: { value: "auto" } } },
      { parameters: { limit: { value: 85 }, mode: { value: "manual" } } },
    ]);
    expect(broker.services.has(client.uuid)).toBe(true);
  });

  it("keep the changes of a K over a reconnect", async () => {
    const { client, limit, registrations, broker, connect } = await setUp();
    await connect();
    broker.configure(client.uuid, { limit: 95 });
    await expect.poll(() => registrations.length).toBe(2);
    await client.disconnect();
    await connect();
    expect(limit.value).toBe(95);
    expect(registrations[2]).toMatchObject({ parameters: { limit: { value: 95 } } });
  });

  it("refuse what does not fit, and names that were never added", async () => {
    const { client, limit } = await setUp();
    await expect(limit.change("x" as never)).rejects.toMatchObject({ code: "INVALID_VALUE" });
    await expect(client.changeConfigParameter("speed", 1)).rejects.toMatchObject({
      code: "UNKNOWN_PARAMETER",
    });
    expect(() => client.getConfigParameter("speed")).toThrow(
      'the known ones are "limit", "mode". Add it with addConfigParameter()',
    );
    expect(limit.value).toBe(80);
  });

  it("tell their own listeners the new value and the change, whoever made it", async () => {
    const { broker, client, limit, mode, connect } = await setUp();
    const heard: unknown[] = [];
    const stop = limit.on((value, { oldValue, source, name }) => heard.push([name, oldValue, value, source]));
    mode.on((value) => heard.push(value));
    await connect();
    await limit.change(85);
    // The same value is no change.
    await limit.change(85);
    broker.configure(client.uuid, { limit: 90, mode: "manual" });
    await expect.poll(() => heard).toHaveLength(3);
    stop();
    await limit.change(95);
    expect(heard).toEqual([["limit", 80, 85, "program"], ["limit", 85, 90, "msb"], "manual"]);
  });

  it("of another service with the same name tell other listeners", async () => {
    const gateway = testClient({ type: "Gateway" });
    const [left, right] = [gateway.addService(identity()), gateway.addService(identity())].map((service) =>
      service.addConfigParameter("limit", 80, "int32"),
    );
    const heard: number[] = [];
    left?.on((value) => heard.push(value));
    await right?.change(1);
    await left?.change(2);
    expect(heard).toEqual([2]);
  });

  it("survive a listener that fails, which is reported, and refuse what is none", async () => {
    const { limit, errors } = await setUp();
    const heard: number[] = [];
    limit.on(() => {
      throw new Error("out of paper");
    });
    limit.on((value) => Promise.reject(new Error(`${value} is too much`)));
    limit.on((value) => heard.push(value));
    await limit.change(85);
    expect(heard).toEqual([85]);
    expect(errors.map(({ code, message }) => [code, message])).toEqual([
      ["HANDLER_FAILED", expect.stringContaining("out of paper")],
      ["HANDLER_FAILED", expect.stringContaining("85 is too much")],
    ]);
    expect(() => limit.on("log" as never)).toThrow('The listener: listener: must be a function, not "log"');
  });
});

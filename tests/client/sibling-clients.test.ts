// What programs of the sibling clients write: None is null, and definitions may come late.
import { describe, expect, it } from "vitest";
import { MsbClient } from "../../src/index.ts";
import { settled } from "../../src/testing/fake-clock.ts";
import { identity } from "../support/client/identity.ts";
import { scriptedClient } from "../support/client/scripted-client.ts";

function client(): MsbClient {
  return new MsbClient({ ...identity(), logLevel: "silent" });
}

describe("null is not given", () => {
  it("in the definition of an event", () => {
    const [plain, nulls, positional] = [client(), client(), client()];
    plain.addEvent({ eventId: "E" });
    nulls.addEvent({
      eventId: "E",
      name: null,
      description: null,
      dataFormat: null,
      isArray: null,
      priority: null,
    });
    positional.addEvent("E", null, null, null, null, null);
    expect(nulls.getSelfDescription().events).toEqual(plain.getSelfDescription().events);
    expect(positional.getSelfDescription().events).toEqual(plain.getSelfDescription().events);
  });

  it("in the definition of a function", () => {
    const [plain, nulls, positional, named] = [client(), client(), client(), client()];
    const handler = (): void => {};
    plain.addFunction({ functionId: "F", handler });
    nulls.addFunction({
      functionId: "F",
      name: null,
      description: null,
      dataFormat: null,
      isArray: null,
      parameters: null,
      responseEvents: null,
      handler,
    });
    positional.addFunction("F", null, null, null, handler, null, null);
    for (const other of [nulls, positional]) {
      expect(other.getSelfDescription().functions).toEqual(plain.getSelfDescription().functions);
    }
    named.addFunction({
      functionId: "F",
      dataFormat: null,
      isArray: null,
      parameters: { speed: "int32" },
      handler: ({ parameters }) => void (parameters.speed satisfies number),
    });
    expect(named.getSelfDescription().functions[0]?.dataFormat).toBeDefined();
  });

  it("in the options of publish, by object and by position", async () => {
    const { client: msb, event, last, register, clock } = scriptedClient();
    await register();
    const nulls = {
      priority: null,
      cached: null,
      postDate: null,
      correlationId: null,
      until: null,
      signal: null,
    };
    const published = [
      event.publish(1, nulls),
      msb.publish("E1", 2, nulls),
      msb.publish("E1", 3, null, null, null, null),
      msb.publish("E1", 4, null),
    ];
    const sent = last().messages.filter((message) => message.startsWith("E "));
    expect(sent.map((message) => JSON.parse(message.slice(2)))).toEqual(
      [1, 2, 3, 4].map((dataObject) => ({
        uuid: msb.uuid,
        eventId: "E1",
        priority: 0,
        postDate: new Date(clock.now()).toISOString(),
        dataObject,
      })),
    );
    last().serverSends(...published.map(() => "IO_PUBLISHED"));
    await Promise.all(published);
  });

  it("as the settings after the identity, and as the URL", async () => {
    const { type, uuid, name, description, token } = identity();
    const nothing = null as unknown as undefined;
    expect(new MsbClient(type, uuid, name, description, token, nothing).uuid).toBe(uuid);
    await expect(client().connect(null)).rejects.toMatchObject({ code: "INVALID_URL" });
  });
});

describe("a constructor that is given something else", () => {
  it("by one string says what it takes, and where a properties file goes", () => {
    expect(() => new MsbClient("application.properties" as never)).toThrow(
      'The client: must be made of an object with identity and settings, or of type, uuid, name, description and token, not of "application.properties". For a properties file give { propertiesFile: "path" }.',
    );
  });

  it.each([
    ["opts", '"opts"'],
    [5, "5"],
    [["a"], "an array"],
    [() => {}, "a function"],
    [AbortSignal.abort(), "an AbortSignal object"],
    [new Map(), "a Map object"],
  ])("as settings: %j", (settings, name) => {
    const { type, uuid, description, token } = identity();
    expect(() => new MsbClient(type, uuid, "n", description, token, settings as never)).toThrow(
      new RegExp(`^The client: options: must be an object.*, not ${name}`),
    );
  });
});

describe("what is added after register()", () => {
  it("is registered by itself, once for all that is added in one go", async () => {
    const { client: msb, last, register } = scriptedClient();
    await register();
    const registrations = (): unknown[] => last().messages.filter((message) => message.startsWith("R "));
    expect(registrations()).toHaveLength(1);
    const late = msb.addEvent({ eventId: "LATE" });
    msb.addFunction({ functionId: "F", responseEvents: [late], handler: () => {} });
    msb.addConfigParameter("p", 1, "int32");
    await settled();
    expect(registrations()).toHaveLength(2);
    expect(JSON.parse(String(registrations()[1]).slice(2))).toEqual(
      JSON.parse(JSON.stringify(msb.getSelfDescription())),
    );
    last().serverSends("IO_REGISTERED");
    await settled();
    expect(msb.isRegistered()).toBe(true);
  });

  it("behind a gateway too", async () => {
    const { client: gateway, last, register } = scriptedClient({ type: "Gateway" } as object);
    await register();
    const service = gateway.addService(identity());
    service.addEvent({ eventId: "LATE" });
    await settled();
    const sent = last().messages.filter((message) => message.startsWith("R "));
    expect(sent).toHaveLength(2);
    expect(sent[1]).toContain("LATE");
  });

  it("and is refused changes nothing", async () => {
    const { client: msb, last, register } = scriptedClient();
    await register();
    expect(() => msb.addEvent({ eventId: "E1" })).toThrow("was added already");
    expect(() => msb.addEvent({ eventId: "" })).toThrow("must not be empty");
    await settled();
    expect(last().messages.filter((message) => message.startsWith("R "))).toHaveLength(1);
  });

  it("before register() waits for it", async () => {
    const { client: msb, last, register } = scriptedClient();
    msb.addEvent({ eventId: "EARLY" });
    await register();
    expect(last().messages.filter((message) => message.startsWith("R "))).toHaveLength(1);
  });
});

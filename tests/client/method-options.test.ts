// JavaScript has no compiler: what is misspelt was ignored, and what is of another kind was an unexpected failure.
import { describe, expect, it } from "vitest";
import { contract, DataType, type MsbClient } from "../../src/index.ts";
import { scriptedClient, URL } from "../support/client/scripted-client.ts";
import { testBroker, testClient } from "../support/setup.ts";

type Call = (client: MsbClient, options: never) => Promise<unknown>;

const machineOf = (client: MsbClient) =>
  client.counterpart(contract({ events: { E: null } }), { uuid: "press-7" });

const METHODS: readonly [name: string, call: Call, known: string][] = [
  ["start()", (client, options) => client.start(URL, options), "signal"],
  ["connect()", (client, options) => client.connect(URL, options), "signal"],
  ["register()", (client, options) => client.register(options), "signal"],
  ["states()", async (client, options) => client.states(options), "signal"],
  ["disconnect()", (client, options) => client.disconnect(options), "timeout"],
  ["deployFlows()", (client, options) => machineOf(client).deployFlows(URL, options), "signal"],
  ["flowDocuments()", async (client, options) => machineOf(client).flowDocuments(options), "withPostDate"],
  ["events()", async (client, options) => machineOf(client).events("E", options), "bufferSize"],
];

describe.each(METHODS)("the options of %s", (name, call, known) => {
  it.each([
    ["what is misspelt", { sginal: 1 }, "sginal: is not known here"],
    ["what is of another kind", { [known]: new AbortController() }, `${known}: must be `],
    ["what is no object", 5, "must be an object, not 5"],
    // Without keys of their own they were taken for options that say nothing.
    ["a signal in their place", AbortSignal.abort(), "must be an object with keys of its own, such as { "],
    ["a Date", new Date(0), "must be an object with keys of its own, such as { "],
    ["a Map", new Map([[known, 1]]), "must be an object with keys of its own, such as { "],
    [
      "what they inherit",
      Object.create({ [known]: 1 }),
      "must be an object with keys of its own, such as { ",
    ],
  ])("name %s", async (_what, options, message) => {
    const { client, sockets } = scriptedClient();
    await expect(call(client, options as never)).rejects.toMatchObject({
      code: "INVALID_DEFINITION",
      message: expect.stringContaining(`${name}: ${message}`),
    });
    expect(sockets).toHaveLength(0);
  });
});

// What states() and events() throw at once was a bare Error.
it.each(METHODS)("a getter that throws in the options of %s is an MsbError", async (_name, call, known) => {
  const { client } = scriptedClient();
  const options = {
    get [known]() {
      throw new Error("not today");
    },
  };
  await expect(call(client, options as never)).rejects.toMatchObject({
    code: "UNEXPECTED",
    cause: expect.objectContaining({ message: "not today" }),
  });
});

it("null is the same as leaving an option out, or all of them", async () => {
  const { url } = await testBroker();
  const client = testClient();
  for (const options of [null, { signal: null }]) {
    await client.connect(url, options as never);
    await client.register(options as never);
    await client.start(url, options as never);
    expect((await client.states(options as never).next()).value).toBe("registered");
  }
  await client.disconnect({ drain: null, timeout: null } as never);
  await client.disconnect(null as never);
  expect(client.state).toBe("disconnected");
});

it("what connect() and disconnect() have besides is checked, too", async () => {
  const { client } = scriptedClient();
  await expect(client.connect(URL, { waitForServer: "yes" as never })).rejects.toThrow(
    'connect(): waitForServer: must be true or false, not "yes"',
  );
  await expect(client.disconnect({ drain: 1 as never, timeout: -1 })).rejects.toThrow(
    "disconnect(): drain: must be true or false, not 1; timeout: must be a whole number of milliseconds",
  );
});

it("a signal in place of the options of an event, a call or set() is no signal, and says so", async () => {
  const { client } = scriptedClient();
  const signal = AbortSignal.abort() as never;
  const event = client.addEvent({ eventId: "TEMP", dataFormat: "double" });
  const machine = client.counterpart(contract({ functions: { SET: DataType.INT32 } }), { uuid: "press-7" });
  const problem = (keys: string) =>
    `must be an object with keys of its own, such as { ${keys} }, not an AbortSignal object`;
  await expect(event.publish(20.5, signal)).rejects.toThrow(problem("priority, cached, postDate"));
  await expect(machine.call("SET", 5, signal)).rejects.toThrow(problem("timeout, signal, priority"));
  expect(() => client.set(signal)).toThrow(/^The settings: must be an object with keys of its own/);
});

it("the fields of an object of a class are options", async () => {
  class Hurried {
    timeout = -1;
  }
  const { client } = scriptedClient();
  await expect(client.disconnect(new Hurried())).rejects.toThrow(
    "timeout: must be a whole number of milliseconds",
  );
});

it("the objects in options are checked as options are", () => {
  const { client } = scriptedClient();
  expect(() => client.set({ batch: new Map() as never })).toThrow(
    "batch: must be an object with keys of its own, such as { maxBytes }, not a Map object",
  );
});

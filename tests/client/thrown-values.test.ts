import { describe, expect, it } from "vitest";
import { MsbClient, type MsbError } from "../../src/index.ts";
import { FakeClock, settled } from "../../src/testing/fake-clock.ts";
import { scriptedClient } from "../../src/testing/scripted-client.ts";
import { testIdentity } from "../../src/testing/test-identity.ts";

/** Errors of other libraries have answers of servers as their messages, or none; and anything can be thrown. */
const THROWN = [
  ["an object without a prototype", Object.create(null)],
  ["an object that cannot be written", { toString: () => Object.create(null) }],
  ["an error whose message is an object", Object.assign(new Error(), { message: { code: 5 } })],
  ["an error whose message is undefined", Object.assign(new Error(), { message: undefined })],
  [
    "an error whose message throws",
    Object.defineProperty(new Error(), "message", {
      get: () => {
        throw new Error("again");
      },
    }),
  ],
] as const;

async function started() {
  const made = scriptedClient({ logLevel: "silent", maxConcurrentCalls: 1 });
  const { client, server } = made;
  const errors: MsbError[] = [];
  client.on("error", (error) => errors.push(error));
  const event = client.addEvent({ eventId: "E" });
  server.acceptAll();
  await client.start();
  return { ...made, errors, event };
}

describe.each(THROWN)("%s", (_, thrown) => {
  it.each([
    ["later", () => Promise.reject(thrown)],
    [
      "at once",
      () => {
        throw thrown;
      },
    ],
  ])("out of a handler, %s, is reported, and the next call runs", async (_when, fail) => {
    const { client, server, errors } = await started();
    const ran: string[] = [];
    client.addFunction({ functionId: "FAIL", handler: fail });
    client.addFunction({ functionId: "NEXT", handler: () => ran.push("NEXT") });
    await server.call("FAIL");
    await server.call("NEXT");
    expect(errors).toEqual([expect.objectContaining({ code: "HANDLER_FAILED", cause: thrown })]);
    expect(ran).toEqual(["NEXT"]);
  });

  it("out of a listener is reported, and the others are called", async () => {
    const { client, errors } = await started();
    const heard: string[] = [];
    client.on("stateChange", () => {
      throw thrown;
    });
    client.on("stateChange", ({ state }) => heard.push(state));
    await client.disconnect();
    expect(heard).toEqual(["disconnecting", "disconnected"]);
    expect(errors.map(({ code }) => code)).toEqual(["HANDLER_FAILED", "HANDLER_FAILED"]);
  });

  it("out of a middleware rejects the publishing", async () => {
    const { client, event } = await started();
    client.use(() => {
      throw thrown;
    });
    await expect(event.publish()).rejects.toMatchObject({ code: "MIDDLEWARE_FAILED", cause: thrown });
  });

  it("out of a socket rejects connect()", async () => {
    const client = new MsbClient({
      ...testIdentity(),
      clock: new FakeClock(),
      socket: () => {
        throw thrown;
      },
    });
    const connected = client.connect("ws://msb.test:8085");
    await settled();
    await expect(connected).rejects.toMatchObject({ code: "CONNECT_FAILED" });
  });
});

import { describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { MsbClient } from "../../src/index.ts";
import { FakeClock, ScriptedServer, scriptedClient, settled } from "../../src/testing/index.ts";
import { identity } from "../support/client/identity.ts";
import { FRAMINGS } from "../support/setup.ts";

describe.each(FRAMINGS)("a scripted client, with $framing", ({ sockJsFraming }) => {
  it("connects and registers as the script says", async () => {
    const { client, server } = scriptedClient({ sockJsFraming });
    const measured = client.addEvent({ eventId: "MEASURED", dataFormat: z.number(), priority: "HIGH" });
    const started = client.start();
    await server.accept();
    expect(client.state).toBe("registering");
    expect(server.selfDescription).toMatchObject({ uuid: client.uuid, events: [{ eventId: "MEASURED" }] });
    await server.answer("IO_REGISTERED");
    await started;

    const first = measured.publish(21.5, { correlationId: "c", postDate: new Date(0) });
    const second = measured.publish(22);
    await server.answer("IO_PUBLISHED", "NIO_EVENT_FORWARDING_ERROR");
    await expect(first).resolves.toMatchObject({ correlationId: "c" });
    await expect(second).rejects.toMatchObject({ reply: "NIO_EVENT_FORWARDING_ERROR" });
    expect(server.events).toEqual([
      {
        uuid: client.uuid,
        eventId: "MEASURED",
        dataObject: 21.5,
        priority: 2,
        postDate: "1970-01-01T00:00:00.000Z",
        correlationId: "c",
      },
      expect.objectContaining({ dataObject: 22 }),
    ]);
    await client.disconnect();
    expect(server.last.closeRequested).toBe(true);
  });

  it("is called and configured", async () => {
    const { client, server } = scriptedClient({ sockJsFraming });
    const done = client.addEvent({ eventId: "DONE", dataFormat: "int32" });
    const limit = client.addConfigParameter("limit", 80, "int32");
    const seen: unknown[] = [];
    client.addFunction({
      functionId: "DOUBLE",
      dataFormat: "int32",
      responseEvents: [done],
      handler: ({ dataObject }) => dataObject * 2,
    });
    client.addFunction({
      functionId: "MOVE",
      parameters: { axis: "string" },
      handler: ({ parameters, correlationId }) => void seen.push(parameters, correlationId),
    });
    server.acceptAll();
    await client.start();
    await server.call("DOUBLE", 21, { correlationId: "c" });
    expect(server.events.at(-1)).toMatchObject({ eventId: "DONE", dataObject: 42, correlationId: "c" });
    await server.call("MOVE", undefined, { parameters: { axis: "x" } });
    expect(seen).toEqual([{ axis: "x" }, undefined]);
    await server.configure({ limit: 90 });
    expect(limit.value).toBe(90);
    expect(server.selfDescription?.configuration.parameters["limit"]).toMatchObject({ value: 90 });
  });

  it("loses its connection, and comes back when the clock goes on", async () => {
    const { client, server, clock } = scriptedClient({ sockJsFraming, logLevel: "error" });
    const measured = client.addEvent({ eventId: "MEASURED", dataFormat: z.number() });
    server.acceptAll();
    await client.start();
    server.acceptAll(false);
    const published = measured.publish(1, { cached: true });
    await server.close();
    expect(client.state).toBe("reconnecting");
    server.acceptAll();
    await clock.advance(60_000);
    await published;
    expect(server.sockets).toHaveLength(2);
    expect(server.events.map(({ dataObject }) => dataObject)).toEqual([1, 1]);
    await client.disconnect();
    expect(clock.pending).toBe(0);
  });
});

describe("a scripted server", () => {
  it("is of any client that takes a socket and a clock", async () => {
    const server = new ScriptedServer();
    const client = new MsbClient({ ...identity(), socket: server.socket, clock: new FakeClock() });
    void client.connect("wss://msb.example:8084/path");
    await server.accept();
    expect(client.state).toBe("connected");
    expect(server.last.url).toMatch(/^wss:\/\/msb\.example:8084\/path\//);
    await client.disconnect();
  });

  it("says what is missing", async () => {
    const { client, server } = scriptedClient();
    await expect(server.accept()).rejects.toThrow(
      "The client has opened no socket: call connect() or start() first.",
    );
    void client.connect();
    await server.accept();
    await expect(server.call("F")).rejects.toThrow("The client has registered nothing: say the uuid");
    await client.disconnect();
  });

  it("does without the broker", async () => {
    vi.resetModules();
    vi.doMock("../../src/broker/index.ts", () => {
      throw new Error("the broker was loaded");
    });
    const testing = await import("../../src/testing/index.ts");
    const { client, server } = testing.scriptedClient();
    server.acceptAll();
    await client.start();
    await client.disconnect();
    await expect(testing.startTestBench()).rejects.toThrow();
    vi.doUnmock("../../src/broker/index.ts");
    vi.resetModules();
  });
});

describe("the fake clock", () => {
  it("fires timers in their order, at their time, and those that they set", async () => {
    const clock = new FakeClock();
    const start = clock.monotonic();
    const fired: [string, number][] = [];
    const note = (name: string) => () => void fired.push([name, clock.monotonic() - start]);
    clock.setTimeout(note("late"), 2_000);
    clock.setTimeout(() => {
      note("early")();
      clock.setTimeout(note("between"), 500);
    }, 1_000);
    clock.clearTimeout(clock.setTimeout(note("cleared"), 1_500));
    await clock.advance(1_999);
    expect(fired).toEqual([
      ["early", 1_000],
      ["between", 1_500],
    ]);
    expect(clock.pending).toBe(1);
    await clock.advance(1);
    expect(fired.at(-1)).toEqual(["late", 2_000]);
  });

  it("jumps as a machine that slept, and steps as a clock that is set", async () => {
    const clock = new FakeClock();
    const [now, monotonic] = [clock.now(), clock.monotonic()];
    clock.jump(5_000);
    clock.step(-1_000);
    expect(clock.now() - now).toBe(4_000);
    expect(clock.monotonic() - monotonic).toBe(5_000);
  });

  it("goes on while the timers of the process are replaced", async () => {
    vi.useFakeTimers();
    try {
      const clock = new FakeClock();
      const fired = vi.fn();
      clock.setTimeout(fired, 1_000);
      await clock.advance(1_000);
      await settled();
      expect(fired).toHaveBeenCalledOnce();
    } finally {
      vi.useRealTimers();
    }
  });
});

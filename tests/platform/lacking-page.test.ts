import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { settled } from "../../src/testing/fake-clock.ts";
import { startTestBench } from "../../src/testing/index.ts";
import { scriptedClient } from "../support/client/scripted-client.ts";

// What a page in Jest's jsdom lacks; tests/runtimes tries it in Jest itself.
beforeEach(() => {
  vi.stubGlobal("TextEncoder", undefined);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

describe("without TextEncoder", () => {
  it("stats() counts bytes", async () => {
    const { client, last, register } = scriptedClient({ sockJsFraming: false });
    await register();
    client.stats();
    last().serverSends("Ü€😀");
    expect(client.stats().bytes.received).toBe(2 + 3 + 4);
  });

  it("a batch is written", async () => {
    const { event, register, sentValues } = scriptedClient({ batch: true });
    await register();
    void event.publish(1, { cached: true });
    void event.publish(2, { cached: true });
    await settled();
    expect(sentValues().length).toBeGreaterThan(0);
  });

  it("an event that is too large is refused", async () => {
    const { client, register } = scriptedClient({ maxMessageSize: 1_000 });
    const text = client.addEvent({ eventId: "TEXT", dataFormat: "string" });
    await register();
    await expect(text.publish("x".repeat(1_001))).rejects.toMatchObject({ code: "TOO_LARGE" });
  });
});

describe("without Request", () => {
  it("a test bench says at once that its broker cannot be started here, and what to do", async () => {
    vi.stubGlobal("Request", undefined);
    await expect(startTestBench()).rejects.toMatchObject({
      code: "UNEXPECTED",
      message: expect.stringContaining("cannot be started in a page"),
      remedy: expect.stringContaining("@jest-environment node"),
    });
  });
});

describe("without setImmediate", () => {
  it("a clock that stands still goes on", async () => {
    vi.stubGlobal("setImmediate", undefined);
    vi.resetModules();
    const testing = await import("../../src/testing/fake-clock.ts");
    const clock = new testing.FakeClock();
    const seen: number[] = [];
    clock.setTimeout(() => seen.push(clock.monotonic()), 1_000);
    const before = clock.monotonic();
    await clock.advance(5_000);
    expect(seen).toEqual([before + 1_000]);
  });
});

import { describe, expect, it } from "vitest";
import { MsbClient } from "../../src/index.ts";
import { OrderedEmitter } from "../../src/support/emitter.ts";
import { identity } from "../support/client/identity.ts";
import { scriptedClient, URL } from "../support/client/scripted-client.ts";

/** Real time, as a program has it: resolves only if the event loop is let go. */
function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** How often a listener stands on the stack at most. */
function depthCounter() {
  let depth = 0;
  return {
    most: 0,
    within(action: () => void): void {
      depth += 1;
      this.most = Math.max(this.most, depth);
      action();
      depth -= 1;
    },
  };
}

describe("a listener that causes its own event again", () => {
  it("of eventDropped ends in no stack overflow, and the program lives", async () => {
    const client = new MsbClient({ ...identity(), logLevel: "silent", cached: true, eventCacheSize: 1 });
    const event = client.addEvent({ eventId: "E", dataFormat: "int32" });
    let dropped = 0;
    let failures = 0;
    const depth = depthCounter();
    const off = client.on("eventDropped", () => {
      depth.within(() => {
        dropped += 1;
        event.publish(dropped).catch(() => {
          failures += 1;
        });
      });
    });
    for (const value of [1, 2]) {
      event.publish(value).catch(() => {});
    }
    // On the stack of the first publish only a few were told.
    expect(dropped).toBeLessThan(20);
    await expect.poll(() => dropped).toBeGreaterThan(20);
    expect(depth.most).toBe(1);
    off();
    await expect.poll(() => failures).toBe(dropped - 1);
    await client.disconnect();
  });

  it("of error ends in no stack overflow, and the program lives", async () => {
    const client = new MsbClient({ ...identity(), logLevel: "silent" });
    const event = client.addEvent({ eventId: "E", dataFormat: "int32" });
    let errors = 0;
    const depth = depthCounter();
    const off = client.on("error", () => {
      depth.within(() => {
        errors += 1;
        void event.publish(errors);
      });
    });
    void event.publish(0);
    await expect.poll(() => errors).toBeGreaterThan(2);
    expect(depth.most).toBe(1);
    off();
  });

  it("that throws each time is told in the log, and harms nothing", async () => {
    const lines: string[] = [];
    const write = (line: string): void => void lines.push(line);
    const logger = { debug: write, info: write, warn: write, error: write };
    const client = new MsbClient({ ...identity(), logger });
    const event = client.addEvent({ eventId: "E" });
    client.on("error", () => {
      throw new Error("oh no");
    });
    void event.publish();
    await expect.poll(() => lines).not.toEqual([]);
    await later(20);
    expect(lines).toEqual([
      expect.stringMatching(/^Event "E" cannot be sent: .* A listener for "error" failed: oh no\.$/),
    ]);
  });
});

describe("the emitter", () => {
  function setUp() {
    const turns: (() => void)[] = [];
    const emitter = new OrderedEmitter<{ a: number; b: number }>(
      (_, error) => {
        throw error;
      },
      (callback) => turns.push(callback),
    );
    return { emitter, turns };
  }

  it("calls at once, and all listeners hear of all events in the same order", () => {
    const { emitter } = setUp();
    const heard: string[] = [];
    emitter.on("a", (value) => {
      heard.push(`first ${value}`);
      if (value < 3) {
        emitter.emit("a", value + 1);
      }
      emitter.emit("b", value);
    });
    emitter.on("a", (value) => heard.push(`second ${value}`));
    emitter.on("b", (value) => heard.push(`b ${value}`));
    emitter.emit("a", 1);
    expect(heard).toEqual([
      ...["first 1", "b 1", "second 1"],
      ...["first 2", "b 2", "second 2"],
      ...["first 3", "b 3", "second 3"],
    ]);
  });

  it("calls a listener that was added twice once, and removes only the one that is named", () => {
    const { emitter } = setUp();
    const heard: string[] = [];
    const twice = (value: number): void => void heard.push(`twice ${value}`);
    emitter.on("a", twice);
    const off = emitter.on("a", twice);
    emitter.on("a", (value) => heard.push(`other ${value}`));
    emitter.emit("a", 1);
    emitter.off("a", undefined as never);
    emitter.emit("a", 2);
    off();
    emitter.emit("a", 3);
    expect(heard).toEqual(["twice 1", "other 1", "twice 2", "other 2", "other 3"]);
  });

  it("leaves the rest of a chain to later turns, and what is emitted meanwhile follows it", () => {
    const { emitter, turns } = setUp();
    const heard: number[] = [];
    emitter.on("a", (value) => {
      heard.push(value);
      if (value < 12) {
        emitter.emit("a", value + 1);
      }
    });
    emitter.emit("a", 1);
    expect(heard).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    emitter.emit("a", 100);
    expect(heard).toHaveLength(10);
    expect(turns).toHaveLength(1);
    turns.shift()?.();
    expect(heard.slice(10)).toEqual([11, 100, 12]);
    emitter.emit("a", 200);
    expect(heard.at(-1)).toBe(200);
  });
});

describe("once()", () => {
  it("is called for the next event only, though it causes another one", async () => {
    const { client, event } = scriptedClient({ cached: true, eventCacheSize: 1 });
    const dropped: string[] = [];
    client.once("eventDropped", ({ eventId }) => {
      dropped.push(eventId);
      void event.publish(3).catch(() => {});
    });
    client.on("eventDropped", () => dropped.push("every"));
    for (const value of [1, 2]) {
      event.publish(value).catch(() => {});
    }
    expect(dropped).toEqual(["E1", "every", "every"]);
    await client.disconnect();
  });

  it("is removed before by what it returns, and by off()", async () => {
    const { client, states } = scriptedClient();
    const heard: string[] = [];
    const listener = (): number => heard.push("once");
    client.once("stateChange", listener)();
    client.once("stateChange", listener);
    client.off("stateChange", listener);
    client.once("stateChange", () => heard.push("another"));
    const connected = client.connect(URL);
    await client.disconnect();
    await expect(connected).rejects.toMatchObject({ code: "DISCONNECTED" });
    expect(states).toEqual(["connecting", "disconnected"]);
    expect(heard).toEqual(["another"]);
  });

  it("that fails is reported, sync or async", async () => {
    const { client, errors } = scriptedClient();
    client.once("stateChange", () => {
      throw new Error("one");
    });
    client.once("stateChange", () => Promise.reject(new Error("two")));
    const connected = client.connect(URL).catch(() => {});
    await client.disconnect();
    await connected;
    expect(errors.map(({ message }) => message)).toEqual([
      'A listener for "stateChange" failed: one.',
      'A listener for "stateChange" failed: two.',
    ]);
  });

  it("refuses what is no listener, and types that there are not", () => {
    const { client } = scriptedClient();
    expect(() => client.once("stateChanged" as never, "log" as never)).toThrow(
      /^The listener: type: must be one of stateChange, .*; listener: must be a function, not "log"$/,
    );
  });
});

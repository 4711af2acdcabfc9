import { describe, expect, it } from "vitest";
import type { MsbClient, MsbClientOptions } from "../../src/index.ts";
import { LevelLogger, type LogLevel } from "../../src/support/logger.ts";
import { FakeClock, settled } from "../../src/testing/fake-clock.ts";
import { scriptedClient } from "../support/client/scripted-client.ts";

function setUp(level: LogLevel = "debug") {
  const lines: string[] = [];
  const write = (kind: string) => (line: string) => void lines.push(`${kind} ${line}`);
  const clock = new FakeClock();
  const target = {
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
  };
  const logger = new LevelLogger(target, level, clock);
  return { lines, clock, logger, target };
}

describe("the log", () => {
  it("writes a few lines a second for one cause, and says how many it left out", async () => {
    const { lines, clock, logger } = setUp();
    for (let n = 1; n <= 1_209; n += 1) {
      logger.warn(`an answer (${n}) came for no event "E${n}"`);
    }
    expect(lines).toHaveLength(5);
    await clock.advance(1_000);
    expect(lines.slice(5)).toEqual(['warn … and 1,204 more like this: an answer (1) came for no event "E1"']);
    expect(clock.pending).toBe(0);
    logger.warn('an answer (9) came for no event "E9"');
    expect(lines.at(-1)).toBe('warn an answer (9) came for no event "E9"');
  });

  it("holds back nothing of another cause or level", () => {
    const { lines, logger } = setUp();
    for (let n = 0; n < 10; n += 1) {
      logger.warn("one");
    }
    logger.warn("two");
    logger.error("one");
    expect(lines.slice(5)).toEqual(["warn two", "error one"]);
  });

  it("is bounded against a server that makes up causes", async () => {
    const { lines, clock, logger } = setUp();
    for (let n = 0; n < 50_000; n += 1) {
      logger.warn(`${(n * 7919).toString(36).replace(/\d/g, "x")} came`);
    }
    await clock.advance(1_000);
    expect(lines.length).toBeLessThan(200);
    expect(lines.at(-1)).toMatch(/^warn … and [\d,]+ more like this: /);
  });

  it("clips what is too long for a line", () => {
    const { lines, logger } = setUp();
    logger.warn("x".repeat(1_000_000));
    expect(lines[0]?.length).toBeLessThan(2_100);
  });

  it("never holds back a trace", () => {
    const { lines, logger } = setUp("trace");
    for (let n = 0; n < 1_000; n += 1) {
      logger.trace(() => "-> E {}");
    }
    expect(lines).toHaveLength(1_000);
  });

  it("says at once what was left out when the client is disconnected, and leaves no timer", async () => {
    const lines: string[] = [];
    const write = (line: string): void => void lines.push(line);
    const { client, clock, last, register } = scriptedClient({
      logger: { debug: write, info: write, warn: write, error: write },
      logLevel: "warn",
    });
    await register();
    for (let n = 0; n < 1_000; n += 1) {
      last().serverSends("IO_PUBLISHED");
    }
    expect(lines).toHaveLength(5);
    const disconnected = client.disconnect();
    last().serverCloses();
    await disconnected;
    expect(lines.slice(5)).toEqual([expect.stringMatching(/^… and 995 more like this: IO_PUBLISHED/)]);
    expect(clock.pending).toBe(0);
  });

  it.each(["trace", "debug", "info", "warn", "error"] as const)(
    "that throws or rejects at %s harms nothing",
    async (level) => {
      for (const fails of [
        () => {
          throw new Error("disk full");
        },
        async () => {
          throw new Error("disk full");
        },
      ]) {
        const { client, event, last, register } = scriptedClient({
          logger: { debug: fails, info: fails, warn: fails, error: fails },
          logLevel: level,
        });
        await register();
        last().serverSends("IO_PUBLISHED", "what", "C {");
        const published = event.publish(1);
        last().serverSends("IO_PUBLISHED");
        await published;
        expect(client.state).toBe("registered");
        await settled();
      }
    },
  );
});

describe("what came from the server", () => {
  it("is clipped in errors", async () => {
    const { client, last, errors, register } = scriptedClient();
    client.addConfigParameter("p", 1, "int32");
    await register();
    const long = "x".repeat(100_000);
    last().serverSends(
      `C {"uuid":"${client.uuid}","functionId":"${long}"}`,
      `C {"uuid":"${long}","functionId":"F"}`,
      `K {"uuid":"${client.uuid}","params":{"${long}":1}}`,
    );
    expect(errors.map(({ code }) => code)).toEqual(["UNKNOWN_FUNCTION", "BAD_MESSAGE", "UNKNOWN_PARAMETER"]);
    for (const { message } of errors) {
      expect(message.length).toBeLessThan(400);
    }
  });

  it("that breaks a data format in many places is told by the first of them", async () => {
    const { client, last, errors, register } = scriptedClient();
    client.addFunction({ functionId: "F", dataFormat: "int32", isArray: true, handler: () => {} });
    await register();
    const dataObject = JSON.stringify(Array(10_000).fill("x"));
    last().serverSends(
      `C {"uuid":"${client.uuid}","functionId":"F","functionParameters":{"dataObject":${dataObject}}}`,
    );
    await settled();
    expect(errors).toEqual([expect.objectContaining({ code: "INVALID_VALUE" })]);
    expect(errors[0]?.message).toMatch(/dataObject\[0\].*; and 9,980 more$/);
    expect(errors[0]?.message.length).toBeLessThan(2_000);
  });
});

describe("enableDebug and enableTrace", () => {
  /** What a client writes of a connection. */
  async function levelOf(options: MsbClientOptions, set: (client: MsbClient) => void): Promise<string> {
    const lines: string[] = [];
    const write = (kind: string) => (line: string) => void lines.push(`${kind} ${line}`);
    const { client, register } = scriptedClient({
      logger: { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") },
      ...options,
    });
    set(client);
    await register();
    if (lines.some((line) => line.includes("-> R "))) {
      return "trace";
    }
    if (lines.some((line) => line.startsWith("debug "))) {
      return "debug";
    }
    return lines.length > 0 ? "info" : "warn";
  }

  type Flags = readonly (readonly ["debug" | "trace", boolean])[];

  it.each<[MsbClientOptions["logLevel"], Flags, string]>([
    ["warn", [["debug", true]], "debug"],
    ["warn", [["trace", true]], "trace"],
    // The order of the official sample.
    [
      "warn",
      [
        ["debug", true],
        ["trace", false],
      ],
      "debug",
    ],
    [
      "warn",
      [
        ["trace", true],
        ["debug", false],
      ],
      "trace",
    ],
    [
      "warn",
      [
        ["trace", true],
        ["trace", false],
      ],
      "warn",
    ],
    [
      "info",
      [
        ["trace", true],
        ["trace", false],
      ],
      "info",
    ],
    ["trace", [["trace", false]], "debug"],
    ["debug", [["debug", false]], "info"],
    ["warn", [["debug", false]], "warn"],
    ["debug", [], "debug"],
  ])("with logLevel %s and %j: %s", async (logLevel, flags, level) => {
    const set = (client: MsbClient): void => {
      for (const [flag, enabled] of flags) {
        if (flag === "debug") {
          client.enableDebug(enabled);
        } else {
          client.enableTrace(enabled);
        }
      }
    };
    expect(await levelOf({ logLevel: logLevel ?? "warn" }, set)).toBe(level);
  });
});

import { beforeEach, expect, test } from "vitest";
import { createCliLog } from "../../../src/broker/command/log.ts";
import type { LogLevel } from "../../../src/broker/index.ts";

/** A stream that takes what it is told to. */
class Output {
  readonly lines: string[] = [];
  takes = true;
  readonly #listeners = new Map<string, () => void>();

  write(line: string): boolean {
    this.lines.push(line);
    return this.takes;
  }

  on(event: string, listener: () => void): void {
    this.#listeners.set(event, listener);
  }

  emit(event: "drain" | "error"): void {
    this.#listeners.get(event)?.();
  }
}

let output: Output;
let now: number;
beforeEach(() => {
  output = new Output();
  now = 0;
});

function createLog(verbose = false) {
  const log = createCliLog({ format: "text", verbose, output, now: () => now });
  return {
    ...log,
    many: (level: LogLevel, count: number) => {
      for (let index = 0; index < count; index += 1) {
        log.write({ level, message: `${level}-${index}` });
      }
    },
    lines: (part: string) => output.lines.filter((line) => line.includes(part)).length,
  };
}

test("of each second so many lines are written; warnings have a part of their own, and are bounded, too", () => {
  const log = createLog();
  log.many("info", 1_000);
  log.many("warn", 1_000);
  log.many("debug", 1_000);
  expect([log.lines("info-"), log.lines("warn-"), log.lines("debug-")]).toEqual([400, 100, 0]);
  now = 1_000;
  log.write({ level: "info", message: "next" });
  expect(output.lines.slice(-2)).toEqual([
    expect.stringMatching(/info {2}… 1500 lines left out: more than can be read\n$/),
    expect.stringMatching(/info {2}next\n$/),
  ]);
  log.flush();
  expect(log.lines("left out")).toBe(1);
});

test("while the output is not read nothing is written, and what was left out is said when it is", () => {
  const log = createLog(true);
  output.takes = false;
  log.many("warn", 10);
  expect(output.lines).toHaveLength(1);
  now = 5_000;
  log.many("debug", 10);
  log.flush();
  expect(output.lines).toHaveLength(1);
  output.takes = true;
  output.emit("drain");
  expect(output.lines.at(-1)).toMatch(/… 19 lines left out/);
  log.many("debug", 1);
  expect(output.lines.at(-1)).toMatch(/debug debug-0/);
});

test("when its reader has gone nothing more is written", () => {
  const log = createLog();
  output.emit("error");
  log.many("info", 10);
  now = 1_000;
  log.many("error", 10);
  log.flush();
  expect(output.lines).toEqual([]);
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished } from "vitest";
import { generateCommand } from "../../../../src/command/generate/main.ts";

const ROOT = resolve(import.meta.dirname, "../../../..");

interface Ended {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `msb-client-websocket generate` in this process. */
export async function runGenerate(args: readonly string[], stdin = ""): Promise<Ended> {
  let stdout = "";
  let stderr = "";
  const code = await generateCommand(args, {
    stdin: Readable.from([stdin]),
    write: (text) => {
      stdout += text;
    },
    writeError: (text) => {
      stderr += text;
    },
  });
  return { code, stdout, stderr };
}

/** The same as a process. */
export async function runGenerateProcess(args: readonly string[], stdin = ""): Promise<Ended> {
  const child = spawn(process.execPath, ["--import", "tsx", "src/command/cli.ts", "generate", ...args], {
    cwd: ROOT,
  });
  // One that reads nothing may have ended by then.
  child.stdin.on("error", () => {});
  child.stdin.end(stdin);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { code, stdout, stderr };
}

/** A generated program that finds what it imports from any folder. */
export function runnable(source: string): string {
  const zod = import.meta.resolve("zod");
  return source
    .replace(
      'from "msb-client-websocket"',
      `from ${JSON.stringify(pathToFileURL(join(ROOT, "src/index.ts")).href)}`,
    )
    .replace('from "zod"', `from ${JSON.stringify(zod)}`);
}

/** Runs a generated program, which can be typed into, until the test ends. */
export function startProgram(path: string, url: string) {
  const child = spawn(process.execPath, ["--import", "tsx", path], {
    cwd: ROOT,
    env: { ...process.env, MSB_URL: url },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part: string) => {
      output += part;
    });
  }
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await once(child, "close");
  });
  return {
    type: (line: string) => child.stdin.write(`${line}\n`),
    written: (pattern: RegExp) => expect.poll(() => output, { timeout: 20_000 }).toMatch(pattern),
  };
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** A Node.js process of a file of this package, TypeScript included. */
export class Child {
  readonly process: ChildProcess;
  readonly exit: Promise<number | NodeJS.Signals>;
  #output = "";
  #wake: (() => void) | undefined;

  constructor(file: string, ...args: string[]) {
    const loader = file.endsWith(".ts") ? ["--import", "tsx"] : [];
    this.process = spawn(process.execPath, [...loader, file, ...args], { cwd: ROOT });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.on("data", (chunk) => {
        this.#output += String(chunk);
        this.#wake?.();
      });
    }
    // `close` comes when the output is complete.
    this.exit = once(this.process, "close").then(([code, signal]) => {
      this.#wake?.();
      return code ?? signal;
    });
  }

  /** What it has written so far, to both streams. */
  get output(): string {
    return this.#output;
  }

  /** Waits until it has written this. */
  async written(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.#output);
      if (match !== null) {
        return match;
      }
      if (this.process.exitCode !== null) {
        throw new Error(`It ended without writing ${pattern}:\n${this.#output}`);
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

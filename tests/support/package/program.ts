import { spawn } from "node:child_process";
import { once } from "node:events";

export interface ProgramOptions {
  readonly cwd?: string;
  /** Added to the environment of the tests. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * Whether signals reach the processes that it starts as well, as Ctrl+C does in a terminal. It is then out of reach of a
   * Ctrl+C that ends the tests. @default false
   */
  readonly group?: boolean;
}

/** A command that runs as a process of its own. */
export class Program implements AsyncDisposable {
  /** The exit code, or the signal that ended it; when its output is complete. */
  readonly exit: Promise<number | NodeJS.Signals>;
  /** As `kill` takes it: negative for a group. */
  readonly #pid: number;
  #output = "";
  #ended = false;
  #wake = (): void => {};

  constructor(command: string, args: readonly string[], options: ProgramOptions = {}) {
    const { cwd, env, group = false } = options;
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, detached: group });
    if (child.pid === undefined) {
      throw new Error(`${command} cannot be started.`);
    }
    this.#pid = group ? -child.pid : child.pid;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        this.#output += text;
        this.#wake();
      });
    }
    this.exit = once(child, "close").then(([code, signal]) => {
      this.#ended = true;
      this.#wake();
      return code ?? signal;
    });
  }

  /** Of its process. */
  get pid(): number {
    return Math.abs(this.#pid);
  }

  /** What was written so far, to both streams. */
  get output(): string {
    return this.#output;
  }

  /** Waits until this was written. */
  async written(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.#output);
      if (match !== null) {
        return match;
      }
      if (this.#ended) {
        throw new Error(`It ended without writing ${pattern}:\n${this.#output}`);
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  signal(signal: NodeJS.Signals): void {
    process.kill(this.#pid, signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#ended) {
      this.signal("SIGKILL");
    }
    await this.exit;
  }
}

/** Runs a command to its end. */
export async function run(
  command: string,
  args: readonly string[],
  options?: ProgramOptions,
): Promise<{ readonly code: number | NodeJS.Signals; readonly output: string }> {
  const program = new Program(command, args, options);
  return { code: await program.exit, output: program.output };
}

/** Runs a command that has to succeed. */
export async function runOk(
  command: string,
  args: readonly string[],
  options?: ProgramOptions,
): Promise<string> {
  const { code, output } = await run(command, args, options);
  if (code !== 0) {
    throw new Error(`${command} ${args.join(" ")} ended with ${code}:\n${output}`);
  }
  return output;
}

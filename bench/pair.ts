import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Side } from "./plan.ts";

/** One measurement. */
export interface Measured {
  /** Events or calls per second. */
  readonly rate: number;
  /** Microseconds of CPU (user and system) of the client's process for each of them. */
  readonly cpu: number;
}

interface Report {
  readonly url?: string;
  readonly ready?: readonly string[];
  /** What the client asks of the server: calls, an outage. */
  readonly sink?: object;
  readonly result?: unknown;
  readonly error?: string;
}

/** A client and the server it talks to, each in a process of its own. */
export class Pair {
  readonly #client: ChildProcess;
  readonly #sink: ChildProcess;

  private constructor(client: ChildProcess, sink: ChildProcess) {
    this.#client = client;
    this.#sink = sink;
  }

  /** @param largest the largest number of events that are published at once */
  static async start(side: Side, largest: number): Promise<Pair> {
    const { program, sink: sinkProgram, sinkOption, options = "{}" } = side;
    const sink = startProgram(sinkProgram, sinkOption === undefined ? [] : [sinkOption]);
    const { url } = await nextReport(sink);
    const client = startProgram(program, [String(url), String(largest), options]);
    await nextReport(client);
    client.on("message", ({ sink: wish }: Report) => {
      if (wish !== undefined) {
        sink.send(wish);
      }
    });
    return new Pair(client, sink);
  }

  async measure(work: string, count: number, warmUp: number): Promise<Measured> {
    return this.ask<Measured>({ work, count, warmUp });
  }

  /** Bytes of heap for each idle client. */
  async measureIdle(count: number): Promise<number> {
    const { heap } = await this.ask<{ readonly heap: number }>({ work: "idle", count });
    return heap;
  }

  /** Has the client do something. @returns what it measured */
  async ask<Result>(request: object): Promise<Result> {
    this.#client.send(request);
    for (;;) {
      const { result, error } = await nextReport(this.#client);
      if (error !== undefined) {
        throw new Error(error);
      }
      if (result !== undefined) {
        return result as Result;
      }
    }
  }

  async stop(): Promise<void> {
    await Promise.all(
      [this.#client, this.#sink].map((process) => {
        process.kill("SIGKILL");
        return once(process, "exit");
      }),
    );
  }
}

/** Starts a program of this folder. */
export function startProgram(program: string, parameters: readonly string[]): ChildProcess {
  return fork(fileURLToPath(new URL(program, import.meta.url)), parameters, { execArgv: [] });
}

/** The next thing that a program says. */
export async function nextReport(process: ChildProcess): Promise<Report> {
  const ended = new AbortController();
  const exited = once(process, "exit", { signal: ended.signal }).then(([code]) => {
    throw new Error(`${process.spawnargs.join(" ")} ended with exit code ${code}.`);
  });
  try {
    const [report] = (await Promise.race([once(process, "message"), exited])) as [Report];
    return report;
  } finally {
    ended.abort();
    exited.catch(() => {});
  }
}

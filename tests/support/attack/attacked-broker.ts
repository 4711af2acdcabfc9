import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Usage } from "./broker-process.ts";

const PROCESS = fileURLToPath(new URL("broker-process.ts", import.meta.url));

/** A broker in a process of its own, with so many megabytes of heap; its end is a failure. */
export class AttackedBroker implements AsyncDisposable {
  readonly url: string;
  /** Rejects when the process ends by itself. */
  readonly ended: Promise<never>;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, url: string, ended: Promise<never>) {
    this.#process = process;
    this.url = url;
    this.ended = ended;
  }

  static async start(maxHeap: number): Promise<AttackedBroker> {
    const execArgv = ["--expose-gc", `--max-old-space-size=${maxHeap}`, "--import", "tsx"];
    const child = fork(PROCESS, [], { execArgv, stdio: ["ignore", "ignore", "pipe", "ipc"] });
    let errors = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      errors += text;
    });
    const ended = once(child, "close").then(([code, signal]) => {
      throw new Error(`The broker ended with ${code ?? signal}:\n${errors.slice(0, 1_500)}`);
    });
    ended.catch(() => {});
    const [url] = await Promise.race([once(child, "message"), ended]);
    return new AttackedBroker(child, url, ended);
  }

  /** @param question `collect` looks at the heap after a collection. */
  async usage(question: "usage" | "collect" = "usage"): Promise<Usage> {
    const answer = once(this.#process, "message");
    this.#process.send(question);
    const [usage] = await this.orEnd(answer);
    return usage;
  }

  /** What it waits for, or the end of the broker. */
  orEnd<T>(wait: Promise<T>): Promise<T> {
    return Promise.race([wait, this.ended]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.connected) {
      this.#process.send("close");
    }
    await this.ended.catch(() => {});
  }
}

import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Report, Request } from "./messages.ts";

const CLIENT = fileURLToPath(new URL("client.ts", import.meta.url));

/** The process of the client, and what it told last. */
export class SoakChild {
  readonly #process;
  readonly #closed: Promise<unknown[]>;
  #latest: Report | undefined;

  /** @param folder of its store */
  constructor(url: string, uuid: string, folder: string, onReport: (report: Report) => void) {
    this.#process = fork(CLIENT, [url, uuid, folder], {
      execArgv: ["--expose-gc", "--import", "tsx"],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    this.#closed = once(this.#process, "close");
    this.#process.on("message", (report: Report) => {
      this.#latest = report;
      onReport(report);
    });
  }

  get state(): string | undefined {
    return this.#latest?.state;
  }

  get isAlive(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  tell(request: Request): void {
    if (this.#process.connected) {
      this.#process.send(request);
    }
  }

  /** Lets it come to its end. @returns what was wrong with that */
  async end(timeout: number): Promise<readonly string[]> {
    this.tell("end");
    const timer = setTimeout(() => this.#process.kill("SIGKILL"), timeout);
    const [code, signal] = await this.#closed;
    clearTimeout(timer);
    const left = this.#latest?.end?.left;
    if (left === undefined) {
      return [`the client did not come to its end: ${this.state}, ${code ?? signal}`];
    }
    return [
      ...(code === 0 ? [] : [`the client's process ended with ${code ?? signal}: something kept it`]),
      ...(left.length === 0 ? [] : [`left after disconnect(): ${left.join(", ")}`]),
    ];
  }

  async kill(): Promise<void> {
    if (this.isAlive) {
      this.#process.kill("SIGKILL");
    }
    await this.#closed;
  }
}

import { setTimeout as pause } from "node:timers/promises";
import type { HttpServer } from "./transport/http-server.ts";

/** How long clients have to answer a close frame, in milliseconds. */
const CLOSE_GRACE = 250;

export interface ServerControlOptions {
  /** Listens on a port; 0 for any free one. */
  readonly listen: (port: number) => Promise<HttpServer>;
  readonly port: number;
  /** Ends all connections before the port is closed. */
  readonly endConnections: (reason: string) => void;
}

/** The server of a broker, which can be started again on the same port. */
export class ServerControl {
  readonly #options: ServerControlOptions;
  #server: HttpServer | undefined;
  #port: number;
  #restarting: Promise<void> = Promise.resolve();
  readonly #ended = new AbortController();

  constructor(options: ServerControlOptions) {
    this.#options = options;
    this.#port = options.port;
  }

  get port(): number {
    return this.#port;
  }

  async start(): Promise<void> {
    this.#server = await this.#options.listen(this.#port);
    // The one that was found stays the same over restarts.
    this.#port = this.#server.port;
  }

  /** One restart after the other. */
  restart(downtime: number): Promise<void> {
    const next = this.#restarting.then(() => this.#restart(downtime));
    this.#restarting = next.catch(() => {});
    return next;
  }

  async close(): Promise<void> {
    this.#ended.abort();
    this.#options.endConnections("The broker was closed");
    const server = this.#server;
    this.#server = undefined;
    await server?.close(CLOSE_GRACE);
  }

  async #restart(downtime: number): Promise<void> {
    if (this.#ended.signal.aborted) {
      return;
    }
    this.#options.endConnections("The broker restarts");
    await this.#server?.close(CLOSE_GRACE);
    if (downtime > 0) {
      await pause(downtime, undefined, { signal: this.#ended.signal }).catch(() => {});
    }
    if (!this.#ended.signal.aborted) {
      await this.start();
      if (this.#ended.signal.aborted) {
        // Closed while it was starting.
        await this.close();
      }
    }
  }
}

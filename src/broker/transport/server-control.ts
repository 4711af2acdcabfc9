import { setTimeout as pause } from "node:timers/promises";
import type { HttpServer, TlsOptions } from "./http-server.ts";

/** How long clients have to answer a close frame, in milliseconds. */
const CLOSE_GRACE = 250;

/** A port to listen on. */
export interface ListenOn {
  readonly port: number;
  readonly tls: TlsOptions | undefined;
}

/** A port that is listened on. */
export interface Port {
  readonly port: number;
  readonly isTls: boolean;
}

export interface ServerControlOptions {
  /** Listens on a port; 0 for any free one. */
  readonly listen: (wanted: ListenOn, port: number) => Promise<HttpServer>;
  /** At least one. */
  readonly ports: readonly ListenOn[];
  /** Ends all connections before the ports are closed. */
  readonly endConnections: (reason: string) => void;
}

/** The servers of a broker, one for each port, which can be started again on the same ports. */
export class ServerControl {
  readonly #options: ServerControlOptions;
  #servers: HttpServer[] = [];
  /** The ones that were found stay the same over restarts. */
  readonly #ports: number[];
  #restarting: Promise<void> = Promise.resolve();
  readonly #ended = new AbortController();

  constructor(options: ServerControlOptions) {
    this.#options = options;
    this.#ports = options.ports.map(({ port }) => port);
  }

  get ports(): readonly Port[] {
    return this.#options.ports.map(({ tls }, index) => ({
      port: this.#ports[index] ?? 0,
      isTls: tls !== undefined,
    }));
  }

  /** Listens on all ports, or on none. */
  async start(): Promise<void> {
    try {
      for (const [index, wanted] of this.#options.ports.entries()) {
        const server = await this.#options.listen(wanted, this.#ports[index] ?? 0);
        this.#servers.push(server);
        this.#ports[index] = server.port;
      }
    } catch (error) {
      await this.#stop();
      throw error;
    }
  }

  /** One restart after the other. */
  restart(downtime: number): Promise<void> {
    const next = this.#restarting.then(() => this.#restart(downtime));
    this.#restarting = next.catch(() => {});
    return next;
  }

  async close(): Promise<void> {
    this.#ended.abort();
    await this.#end("The broker was closed");
    // It may be closing the old ports, or opening new ones, which it then closes.
    await this.#restarting;
  }

  async #end(reason: string): Promise<void> {
    this.#options.endConnections(reason);
    await this.#stop();
  }

  async #stop(): Promise<void> {
    const servers = this.#servers;
    this.#servers = [];
    await Promise.all(servers.map((server) => server.close(CLOSE_GRACE)));
  }

  async #restart(downtime: number): Promise<void> {
    if (this.#ended.signal.aborted) {
      return;
    }
    await this.#end("The broker restarts");
    if (downtime > 0) {
      await pause(downtime, undefined, { signal: this.#ended.signal }).catch(() => {});
    }
    if (!this.#ended.signal.aborted) {
      await this.start();
      if (this.#ended.signal.aborted) {
        // Closed while it was starting.
        await this.#end("The broker was closed");
      }
    }
  }
}

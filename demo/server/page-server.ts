// The page server: listens first, because the broker has to know the addresses of its pages, and answers when the plant is there.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Plant } from "../plant/plant.ts";
import { createApp } from "./app.ts";
import { PageBundle } from "./page-bundle.ts";
import type { SessionFacts } from "./session.ts";

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

export class PageServer {
  readonly #server: Server;
  readonly #bundle = new PageBundle();
  #listener: Listener = (_, response) => {
    response.writeHead(503, { "Retry-After": "1" }).end();
  };

  private constructor() {
    this.#server = createServer((request, response) => this.#listener(request, response));
  }

  /** Listens on this port, or on any that is free if another program has it. */
  static async listen(host: string, port: number): Promise<PageServer> {
    const page = new PageServer();
    try {
      await page.#listen(host, port);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") {
        throw error;
      }
      await page.#listen(host, 0);
    }
    return page;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  show(plant: Plant, facts: SessionFacts): void {
    const { fetch } = createApp(plant, this.#bundle, facts);
    const listener = getRequestListener(fetch, { overrideGlobalObjects: false });
    this.#listener = (request, response) => void listener(request, response);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await Promise.all([closed, this.#bundle.close()]);
  }

  #listen(host: string, port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, host, () => {
        this.#server.off("error", reject);
        resolve();
      });
    });
  }
}

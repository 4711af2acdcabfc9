import type { ServerResponse } from "node:http";
import type { Broker } from "./api.ts";
import { DevelopmentBroker } from "./development-broker.ts";
import { safeLog } from "./log.ts";
import { type BrokerOptions, resolveOptions } from "./options.ts";
import { startHttpServer } from "./transport/http-server.ts";
import { createSockJsEndpoint } from "./transport/sockjs-endpoint.ts";

/**
 * Starts a development broker: a stand-in for the MSB, with its websocket interface, on this computer.
 *
 * ```ts
 * await using broker = await startBroker();
 * await client.connect(broker.url);
 * ```
 * @throws {MsbDefinitionError} (rejects) naming every option that is wrong.
 * @throws {MsbError} (rejects) with the code `CONNECT_FAILED` where it cannot listen, for example because the port is taken.
 */
export async function startBroker(options: BrokerOptions = {}): Promise<Broker> {
  const resolved = resolveOptions(options);
  const log = safeLog(resolved.log);
  const broker = new DevelopmentBroker(resolved, log);
  const endpoint = createSockJsEndpoint({
    onConnection: (connection) => broker.accept(connection),
    onProblem: (connection, message) => log({ level: "warn", message, connectionId: connection?.id }),
  });
  const server = await startHttpServer({
    port: resolved.port,
    host: resolved.host,
    tls: resolved.tls,
    onRequest: (request, response) => {
      if (!endpoint.handleRequest(request, response)) {
        notFound(response);
      }
    },
    onUpgrade: (request, socket, head) => endpoint.handleUpgrade(request, socket, head),
  });
  broker.listensOn(server);
  return broker;
}

function notFound(response: ServerResponse): void {
  response.writeHead(404, { "Content-Type": "application/json" });
  response.end(
    JSON.stringify({ error: "Not found. The websocket interface of the MSB is at /websocket/data." }),
  );
}

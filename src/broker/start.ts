import type { Broker } from "./api.ts";
import { DevelopmentBroker } from "./broker.ts";
import { createComponents } from "./components.ts";
import { type BrokerOptions, resolveOptions } from "./options.ts";
import { consoleAssets } from "./rest/console/console-assets.ts";
import { createRest } from "./rest/rest.ts";
import { Access } from "./transport/access.ts";
import { createEndpoint } from "./transport/endpoint.ts";
import { startHttpServer } from "./transport/http-server.ts";
import { ServerControl } from "./transport/server-control.ts";

const OPEN_TO_ALL =
  "All origins are allowed: every web page that is open in a browser on this computer can register services, and read and change what is here";

/**
 * Starts a development broker: a stand-in for the MSB, with its websocket interface and its management REST, on this computer.
 * @throws {MsbDefinitionError} (rejects) naming every option that is wrong.
 * @throws {MsbError} (rejects) with the code `CONNECT_FAILED` if it cannot listen, for example because the port is taken.
 * @example
 * await using broker = await startBroker(); // on a free port
 * await client.connect(broker.url);
 */
export async function startBroker(options: BrokerOptions = {}): Promise<Broker> {
  const resolved = resolveOptions(options);
  const components = createComponents(resolved);
  const { connections, log, trace } = components;
  const access = new Access(resolved);
  const endpoint = createEndpoint({
    access,
    maxMessageSize: resolved.maxMessageSize,
    onConnection: (connection) => connections.accept(connection),
    onProblem: (connection, message) => {
      log.write({ level: "warn", message, connectionId: connection?.id });
      trace.note("warn", message, connection?.id);
    },
  });
  const server = new ServerControl({
    ports: resolved.ports,
    endConnections: (reason) => {
      connections.closeAll(reason);
      rest.endStreams();
    },
    listen: ({ tls }, port) =>
      startHttpServer({
        port,
        host: resolved.host,
        tls,
        onRequest: (request, response) => {
          if (!endpoint.handleRequest(request, response)) {
            rest.handle(request, response);
          }
        },
        onUpgrade: endpoint.handleUpgrade,
      }),
  });
  const broker = new DevelopmentBroker(components, server);
  const rest = createRest(broker, components, access, consoleAssets);
  await server.start();
  components.history.start();
  if (resolved.allowOrigins.includes("*")) {
    log.write({ level: "warn", message: OPEN_TO_ALL });
  }
  return broker;
}

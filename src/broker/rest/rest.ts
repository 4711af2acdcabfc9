import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import type { Broker } from "../api.ts";
import type { BrokerComponents } from "../components.ts";
import type { Access } from "../transport/access.ts";
import { collapseSlashes } from "../transport/paths.ts";
import { refuseForeignPages } from "./access/guard.ts";
import { requireToken } from "./access/token-guard.ts";
import { TokenGuesses } from "./access/token-guesses.ts";
import { mountBrokerActivity } from "./broker-activity.ts";
import { mountBrokerFaults } from "./broker-faults.ts";
import { mountBrokerFlows } from "./broker-flows.ts";
import { mountBrokerServices } from "./broker-services.ts";
import { mountBrokerTrace } from "./broker-trace.ts";
import { type ConsoleAssets, mountConsole } from "./console/console.ts";
import { methodsOf } from "./methods.ts";
import { mountMsbFlows } from "./msb-flows.ts";
import { mountMsbServices } from "./msb-services.ts";
import { openApiDocument } from "./openapi/document.ts";
import { problem, problemOf } from "./problem.ts";
import { formatSchema, readQuery, wantsPage } from "./request.ts";
import { mountServiceActivity } from "./service-activity.ts";
import type { TraceStreams } from "./trace-stream.ts";

/** Everything that is served over HTTP besides the websocket interface. */
export interface Rest {
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Ends the streams that are open; otherwise the port would wait for them. */
  endStreams(): void;
}

export function createRest(
  broker: Broker,
  components: BrokerComponents,
  access: Access,
  consoleAssets: ConsoleAssets = new Map(),
): Rest {
  const { token } = components.options;
  const streams: TraceStreams = new Set();
  const app = new Hono();
  app.onError((error) => problemOf(error));
  app.notFound((c) => {
    const { method, path } = c.req;
    // The console's page is not an interface, and a preflight of another page learns nothing.
    const others = method === "OPTIONS" || consoleAssets.has(path) ? [] : methodsOf(app, path);
    const hint = "The list of endpoints: /v3/api-docs. Websockets: /websocket/data.";
    return others.length === 0
      ? problem(404, `Not found: ${method} ${path}. ${hint}`)
      : problem(405, `${path} is not for ${method}, but for ${others.join(", ")}.`, {
          Allow: others.join(", "),
        });
  });
  app.use(
    refuseForeignPages(access, (c, { error }) =>
      components.log.write({ level: "warn", message: `Refused ${c.req.method} ${c.req.path}: ${error}` }),
    ),
  );
  // Before the token: whoever starts a broker in a container asks for it.
  app.get("/actuator/health", (c) => c.json({ status: "UP" }));
  if (token !== undefined) {
    app.use(requireToken(token, new TokenGuesses(() => performance.now())));
  }

  mountMsbServices(app, broker, components);
  mountMsbFlows(app, components);
  mountBrokerServices(app, broker, components);
  mountServiceActivity(app, components);
  mountBrokerActivity(app, components);
  mountBrokerFlows(app, components);
  mountBrokerFaults(app, broker);
  mountBrokerTrace(app, components, streams);
  for (const path of ["/actuator/info", "/info"]) {
    app.get(path, (c) =>
      c.json({ name: "Development broker of msb-client-websocket", interface: "MSB 1.6" }),
    );
  }
  app.get("/v3/api-docs", (c) => {
    c.header("Vary", "Accept", { append: true });
    const { format } = readQuery(c, formatSchema);
    // Whoever opens it in a browser gets the page that shows the same for people.
    return consoleAssets.size > 0 && format === undefined && wantsPage(c)
      ? c.redirect("/#/api")
      : c.json(openApiDocument(broker.url, token !== undefined));
  });
  mountConsole(app, consoleAssets);

  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  return {
    handle: (request, response) => {
      request.url = collapseSlashes(request.url);
      void listener(request, response);
    },
    endStreams: () => {
      for (const end of [...streams]) {
        end();
      }
    },
  };
}

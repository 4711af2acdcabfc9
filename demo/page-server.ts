import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Broker, Flow } from "../src/broker/index.ts";
import {
  type DashboardSession,
  MEASURED,
  PRESS_UUID,
  SET_SPEED,
  SHOW_MEASUREMENT,
  SHOW_SPEED,
  SPEED_CHANGED,
  SPEED_REQUESTED,
} from "./contract.ts";

interface Content {
  readonly type: string;
  readonly body: string;
}

const file = (name: string): string => fileURLToPath(new URL(`page/${name}`, import.meta.url));

/** Serves the dashboard, and gives each page an identity, and flows while it is registered. */
export async function startPageServer(
  broker: Broker,
  port: number,
): Promise<{ url: string; port: number; close(): Promise<void> }> {
  const files = new Map<string, Content>([
    ["/", { type: "text/html; charset=utf-8", body: await readFile(file("index.html"), "utf8") }],
    ["/style.css", { type: "text/css; charset=utf-8", body: await readFile(file("style.css"), "utf8") }],
    ["/app.js", { type: "text/javascript; charset=utf-8", body: await bundle(file("app.ts")) }],
  ]);
  // With every registration, so that they are there again when a page has reconnected.
  broker.on("register", ({ uuid, type }) => {
    if (type !== "Application") {
      return;
    }
    for (const flow of flowsOf(uuid)) {
      broker.addFlow(flow);
    }
  });
  broker.on("disconnect", ({ uuids }) => {
    for (const flow of uuids.flatMap(flowsOf)) {
      broker.removeFlow(flow);
    }
  });

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const content = path === "/session" ? openSession(broker) : files.get(path);
    response.writeHead(content === undefined ? 404 : 200, {
      "content-type": content?.type ?? "text/plain",
      "cache-control": "no-store",
    });
    response.end(content?.body ?? "not found");
  });
  await listen(server, port);
  const { port: actualPort } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${actualPort}/`,
    port: actualPort,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function openSession(broker: Broker): Content {
  const session: DashboardSession = { uuid: randomUUID(), msbUrl: broker.url };
  return { type: "application/json", body: JSON.stringify(session) };
}

function flowsOf(dashboard: string): Flow[] {
  return [
    { from: { uuid: PRESS_UUID, eventId: MEASURED }, to: { uuid: dashboard, functionId: SHOW_MEASUREMENT } },
    { from: { uuid: PRESS_UUID, eventId: SPEED_CHANGED }, to: { uuid: dashboard, functionId: SHOW_SPEED } },
    { from: { uuid: dashboard, eventId: SPEED_REQUESTED }, to: { uuid: PRESS_UUID, functionId: SET_SPEED } },
  ];
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    sourcemap: "inline",
  });
  return outputFiles[0]?.text ?? "";
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      // The URL is printed: another free port is as good as the usual one.
      if (error.code !== "EADDRINUSE") {
        return reject(error);
      }
      server.listen(0, "127.0.0.1", resolve);
    });
    server.listen(port, "127.0.0.1", resolve);
  });
}

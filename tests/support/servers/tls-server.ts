import { createServer as createHttpServer, type Server } from "node:http";
import { createServer, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { WebSocketServer } from "ws";

/** A server that says IO_CONNECTED to everybody who gets through; with client certificates, unlike the broker. */
export async function testTlsServer(options: ServerOptions): Promise<string> {
  const server = createServer(options);
  new WebSocketServer({ server }).on("connection", (socket) => {
    socket.send("o");
    socket.send('a["IO_CONNECTED"]');
  });
  return `https://127.0.0.1:${await listen(server)}`;
}

/** A web server that answers every request for a websocket with this status instead. */
export async function testHttpServer(statusLine: string, header = "X-Test: 1"): Promise<string> {
  const server = createHttpServer();
  server.on("upgrade", (_request, socket) => {
    socket.end(`HTTP/1.1 ${statusLine}\r\n${header}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });
  return `http://127.0.0.1:${await listen(server)}`;
}

/** @returns the port; the server ends with the test. */
async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

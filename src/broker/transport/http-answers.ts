import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";

/** Answers with `{"error"}`. */
export function writeProblem(response: ServerResponse, status: number, error: string): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify({ error }));
}

/** Answers a request for a websocket with `{"error"}`, and ends its connection. */
export function refuseUpgrade(socket: Socket, status: number, error: string): void {
  const body = JSON.stringify({ error });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "Connection: close",
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  // Whoever does not close its side would stay connected.
  socket.once("finish", () => socket.destroy());
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}

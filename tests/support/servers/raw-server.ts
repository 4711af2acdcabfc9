import { createHash } from "node:crypto";
import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** A server that opens websockets by hand, and leaves everything after that to the test: it reads nothing by itself. */
export async function rawServer(onOpen: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    onTestFinished(() => void socket.destroy());
    socket.once("data", (request) => {
      const key = /sec-websocket-key: (\S+)/i.exec(String(request))?.[1];
      const accept = createHash("sha1").update(`${key}${GUID}`).digest("base64");
      socket.pause();
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
      );
      onOpen(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A frame from server to client, for texts and pings of up to 125 bytes. */
export function shortFrame(opcode: "text" | "ping", payload: string): Buffer {
  return Buffer.concat([
    Buffer.from([opcode === "text" ? 0x81 : 0x89, Buffer.byteLength(payload)]),
    Buffer.from(payload),
  ]);
}

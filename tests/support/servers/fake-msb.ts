import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";

/** One connection of the fake MSB. */
interface FakeConnection {
  readonly isSockJs: boolean;
  /** Counts from 1, over all of the server. */
  readonly number: number;
  /** How many `E` came on it, this one included. */
  events: number;
  send(message: string): void;
  readonly socket: WebSocket;
}

/** What it does otherwise than the MSB; each answer may be `undefined` for none. */
export interface FakeMsbOptions {
  readonly framings?: readonly ("sockjs" | "raw")[];
  readonly onOpen?: (connection: FakeConnection) => void;
  readonly onRegister?: (
    description: Record<string, unknown>,
    connection: FakeConnection,
  ) => string | undefined;
  readonly onEvent?: (event: Record<string, unknown>, connection: FakeConnection) => string | undefined;
  /** The messages of a SockJS frame that it reads. */
  readonly read?: (messages: readonly string[]) => readonly string[];
  readonly answersPings?: boolean;
  /** Whether it lets nobody in at the moment. */
  readonly isFull?: () => boolean;
}

/** A server that takes everything, but for what it is told otherwise. @returns its URL; it ends with the test. */
export async function fakeMsb(options: FakeMsbOptions = {}): Promise<string> {
  const { framings = ["sockjs", "raw"], read = (messages) => messages, answersPings = true } = options;
  const server = createServer((_request, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({ noServer: true, autoPong: answersPings });
  let count = 0;
  server.on("upgrade", (request, tcp, head) => {
    const isSockJs = request.url !== "/websocket/data/websocket";
    const isKnown = framings.includes(isSockJs ? "sockjs" : "raw");
    if (!isKnown || options.isFull?.() === true) {
      const status = isKnown ? "503 Service Unavailable" : "404 Not Found";
      tcp.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, tcp, head, (socket) => {
      count += 1;
      serve(socket, isSockJs, count);
    });
  });
  const serve = (socket: WebSocket, isSockJs: boolean, number: number) => {
    const send = (message: string) => socket.send(isSockJs ? `a${JSON.stringify([message])}` : message);
    const connection: FakeConnection = { isSockJs, number, events: 0, send, socket };
    socket.on("error", () => {});
    socket.on("message", (data) => {
      const messages = isSockJs ? read(parse<string[]>(String(data)) ?? []) : [String(data)];
      for (const answer of messages.map((message) => answerTo(message, connection, options))) {
        if (answer !== undefined) {
          send(answer);
        }
      }
    });
    if (isSockJs) {
      socket.send("o");
    }
    send("IO_CONNECTED");
    options.onOpen?.(connection);
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets.clients) {
      socket.terminate();
    }
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function answerTo(
  message: string,
  connection: FakeConnection,
  { onRegister = () => "IO_REGISTERED", onEvent = () => "IO_PUBLISHED" }: FakeMsbOptions,
): string | undefined {
  const content = parse<Record<string, unknown>>(message.slice(1));
  if (message.startsWith("R")) {
    return content === undefined ? "NIO_REGISTRATION_ERROR" : onRegister(content, connection);
  }
  if (message.startsWith("E")) {
    connection.events += 1;
    return content === undefined ? "NIO_EVENT_FORWARDING_ERROR" : onEvent(content, connection);
  }
  return undefined;
}

function parse<Value>(json: string): Value | undefined {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

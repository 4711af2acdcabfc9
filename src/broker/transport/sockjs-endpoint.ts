import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import sockjs from "sockjs";
import type { Connection } from "./connection.ts";
import { readPath } from "./paths.ts";
import { SockJsConnection, type SockJsSocket } from "./sockjs-connection.ts";

/** The largest delay of a Node.js timer, 24 days; anything above fires at once. */
const NEVER = 0x7fffffff;

type Handler = (request: IncomingMessage, response: ServerResponse | Socket, head?: Buffer) => boolean;

export interface SockJsEndpointOptions {
  /** The largest frame that is taken from a client, in bytes; `docs/protocol.md#frames`. */
  readonly maxMessageSize: number;
  /** Called with each new connection, which can be sent to at once. */
  readonly onConnection: (connection: Connection) => void;
  readonly onProblem: (connection: Connection | undefined, problem: string) => void;
}

/** The paths below `/websocket/data`. Both methods return false, and do nothing, for a path that is not theirs. */
export interface WebSocketEndpoint {
  handleRequest(request: IncomingMessage, response: ServerResponse): boolean;
  handleUpgrade(request: IncomingMessage, socket: Socket, head: Buffer): boolean;
}

/** The websocket interface on the npm package sockjs: an implementation of the framing that is not ours. */
export function createSockJsEndpoint(options: SockJsEndpointOptions): WebSocketEndpoint {
  const server = sockjs.createServer({
    prefix: "/websocket/data",
    // Replaced by Connection.heartbeat, which says why.
    heartbeat_delay: NEVER,
    log: (severity: string, message: string) => {
      if (severity === "error") {
        options.onProblem(undefined, message);
      }
    },
    // Not in its types: the options of faye-websocket.
    ...{ faye_server_options: { maxLength: options.maxMessageSize } },
  });
  let connections = 0;
  server.on("connection", (socket: SockJsSocket | null) => {
    // Its connection is null, or has no receiver, where the client went before it was handed out.
    const tcp = socket?._session.recv?.connection;
    if (!socket || !tcp) {
      return;
    }
    connections += 1;
    options.onConnection(
      new SockJsConnection(socket, tcp, { id: `c${connections}`, onProblem: options.onProblem }),
    );
  });
  // `middleware` is what installHandlers installs, without taking over the server's other listeners. Not in its types.
  const handle = (server as unknown as { middleware(): Handler }).middleware();

  // Only the paths that MSB clients use get to sockjs-node: its polling transports keep sessions in a map that all
  // brokers of a process would share, and take bodies of any length.
  const take = (request: IncomingMessage, isUpgrade: boolean): boolean => {
    const { kind, path } = readPath(request.url);
    if (kind === "other" || (kind === "info" && isUpgrade)) {
      return false;
    }
    request.url = path;
    return true;
  };
  return {
    handleRequest: (request, response) => take(request, false) && handle(request, response),
    handleUpgrade: (request, socket, head) => take(request, true) && handle(request, socket, head),
  };
}

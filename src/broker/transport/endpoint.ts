import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { WebSocketServer } from "ws";
import type { Access, Denial } from "./access.ts";
import type { Connection, Framing } from "./connection.ts";
import { refuseUpgrade, writeProblem } from "./http-answers.ts";
import { readPath } from "./paths.ts";
import { writeInfo, writeWelcome } from "./sockjs-documents.ts";
import { WebSocketConnection } from "./websocket-connection.ts";

/** The bytes of UTF-8 that a character of JavaScript (and of Java) takes at most. */
const MAX_BYTES_PER_CHARACTER = 3;

export interface EndpointOptions {
  readonly access: Access;
  /** The largest message that is taken from a client, in characters. */
  readonly maxMessageSize: number;
  /** Called with each new connection, which can be sent to at once. */
  readonly onConnection: (connection: Connection) => void;
  readonly onProblem: (connection: Connection | undefined, problem: string) => void;
}

/** The paths at and below `/websocket/data`. */
export interface WebSocketEndpoint {
  /** Returns false, and does nothing, for a path that is not its own. */
  handleRequest(request: IncomingMessage, response: ServerResponse): boolean;
  handleUpgrade(request: IncomingMessage, socket: Socket, head: Buffer): void;
}

/**
 * The websocket interface, with SockJS framing as Spring does it and without. Of SockJS only the websocket transport: no client
 * of the MSB knows another one.
 */
export function createEndpoint(options: EndpointOptions): WebSocketEndpoint {
  const { access, maxMessageSize, onProblem } = options;
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: maxMessageSize * MAX_BYTES_PER_CHARACTER,
    // Connection answers pings itself: not while it is half-open.
    autoPong: false,
  });
  let connections = 0;
  const accept = (request: IncomingMessage, socket: Socket, head: Buffer, framing: Framing) =>
    server.handleUpgrade(request, socket, head, (webSocket) => {
      connections += 1;
      const id = `c${connections}`;
      options.onConnection(
        new WebSocketConnection(webSocket, socket, { id, framing, maxMessageSize, onProblem }),
      );
    });
  const deny = ({ headers, socket }: IncomingMessage): Denial | undefined => {
    const denial = access.denyWebSocket({ host: headers.host, origin: headers.origin });
    if (denial !== undefined) {
      onProblem(undefined, `Refused a request from ${socket.remoteAddress}: ${denial.error}`);
    }
    return denial;
  };
  return {
    handleRequest(request, response) {
      const kind = readPath(request.url);
      if (kind === "other") {
        return false;
      }
      const denial = deny(request);
      if (denial !== undefined) {
        writeProblem(response, denial.status, denial.error);
      } else {
        answer(kind, request, response);
      }
      return true;
    },
    handleUpgrade(request, socket, head) {
      const kind = readPath(request.url);
      if (kind !== "sockjs" && kind !== "raw") {
        return refuseUpgrade(socket, 404, "No websocket is served here: see /websocket/data.");
      }
      const denial = deny(request);
      if (denial !== undefined) {
        return refuseUpgrade(socket, denial.status, denial.error);
      }
      accept(request, socket, head, kind);
    },
  };
}

function answer(
  kind: "welcome" | "info" | Framing,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  switch (kind) {
    case "welcome":
      return writeWelcome(request, response);
    case "info":
      return writeInfo(request, response);
    default:
      return writeProblem(response, 400, 'Can "Upgrade" only to "WebSocket".');
  }
}

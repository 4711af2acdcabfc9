import { notInBrowsers } from "./not-in-browsers.ts";
import { isNodePlatform, platformSocketClass } from "./platform-socket.ts";
import type { SocketFactory, SocketOptions } from "./socket.ts";
import { type WsWebSocket, wsSocket } from "./ws-socket.ts";

/** Options of the npm package `ws` for its client; these and all others of it, and of `https.request`. */
export interface NodeSocketOptions {
  /** An `http.Agent`, for wss:// an `https.Agent`; agents for proxies too. */
  readonly agent?: unknown;
  /** HTTP headers of the websocket's request, such as `authorization`. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** The header `Origin`. */
  readonly origin?: string;
  /** Bytes of a frame that is taken; a larger one ends the connection. @default what the client derives from maxMessageSize */
  readonly maxPayload?: number;
  readonly [option: string]: unknown;
}

/**
 * The ready-made socket of Node with options of your own, which take precedence over those of the client:
 * `new MsbClient({ …, socket: nodeSocket({ agent }) })`.
 * @throws {MsbDefinitionError} in a browser
 * @example
 * const socket = nodeSocket({ headers: { authorization: "Bearer secret" } });
 * const client = new MsbClient({ ...identity, socket });
 */
export function nodeSocket(options: NodeSocketOptions = {}): SocketFactory {
  if (!isNodePlatform()) {
    throw notInBrowsers("nodeSocket");
  }
  return (url, listener, socketOptions) => {
    const wsOptions = { ...fromSocketOptions(socketOptions), ...options, autoPong: false };
    const webSocket = new (platformSocketClass<WsWebSocket>())(url, [], wsOptions);
    return wsSocket(webSocket, listener, wsOptions.maxPayload);
  };
}

/** What `ws`, and below it `node:tls`, are told. */
function fromSocketOptions({
  hostnameVerification,
  tls = {},
  maxPayload,
  closeTimeout = 3_000,
}: SocketOptions) {
  const { checkHostname: _, ...forNode } = tls;
  return {
    perMessageDeflate: false,
    // A server that does not answer the close frame, such as the one for a frame too large, is cut off.
    closeTimeout,
    ...forNode,
    ...(hostnameVerification ? {} : { checkServerIdentity: () => undefined }),
    ...(maxPayload === undefined ? {} : { maxPayload }),
  };
}

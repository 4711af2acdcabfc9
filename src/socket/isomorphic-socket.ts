import { MsbDefinitionError } from "../support/errors.ts";
import { adapt } from "./adapt.ts";
import { nodeSocket } from "./node-socket.ts";
import { isNodePlatform, platformSocketClass } from "./platform-socket.ts";
import type { SocketFactory } from "./socket.ts";

/** The issue of the option `tls` in a browser. */
export const NO_TLS_OPTIONS =
  "is for Node.js: a browser trusts what its system and its user trust; install the certificates there";

/**
 * The default socket: the native WebSocket in browsers, `ws` in Node. Its methods are not copied by `{ ...socket }`.
 * @example
 * const socket: SocketFactory = (url, listener, options) => {
 *   console.log(`Opening ${url}`);
 *   return isomorphicSocket(url, listener, options);
 * };
 */
export const isomorphicSocket: SocketFactory = (url, listener, options) => {
  if (isNodePlatform()) {
    return nodeSocket()(url, listener, options);
  }
  if (options.tls !== undefined) {
    throw new MsbDefinitionError("The socket", [{ path: "tls", message: NO_TLS_OPTIONS }]);
  }
  return adapt(new (platformSocketClass())(url, []), listener);
};

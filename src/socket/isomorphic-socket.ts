import { browserSocket } from "./browser-socket.ts";
import { nodeSocket } from "./node-socket.ts";
import { isNodePlatform, platformSocketClass } from "./platform-socket.ts";
import type { SocketFactory } from "./socket.ts";

/**
 * The default socket: the native WebSocket in browsers, `ws` in Node. Its methods are not copied by `{ ...socket }`.
 * @example
 * const socket: SocketFactory = (url, listener, options) => {
 *   console.log(`Opening ${url}`);
 *   return isomorphicSocket(url, listener, options);
 * };
 */
export const isomorphicSocket: SocketFactory = (url, listener, options) =>
  isNodePlatform()
    ? nodeSocket()(url, listener, options)
    : browserSocket(platformSocketClass(), url, listener, options);

// What is different in Node.js and in browsers, as it is in browsers: without what only Node.js has a use for.
import { browserSocket } from "../socket/browser-socket.ts";
import { notInBrowsers } from "../socket/not-in-browsers.ts";
import type { PlatformSocket, PlatformSocketClass } from "../socket/platform-socket.ts";
import type { SocketFactory } from "../socket/socket.ts";
import { noFiles } from "./no-files.ts";

export { NO_TLS_OPTIONS } from "../socket/not-in-browsers.ts";
export { connectRemedy } from "./browser-remedy.ts";

/** Asked for at every dial, so that importing has no side effect. */
export const isomorphicSocket: SocketFactory = (url, listener, options) => {
  const { WebSocket } = globalThis as unknown as { WebSocket?: PlatformSocketClass<PlatformSocket> };
  return browserSocket(WebSocket, url, listener, options);
};

export function nodeSocket(): never {
  throw notInBrowsers("nodeSocket");
}

export function isNodePlatform(): boolean {
  return false;
}

export function readPropertiesFile(file: string): never {
  throw noFiles(file);
}

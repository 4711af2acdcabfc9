import { adapt } from "./adapt.ts";
import { notInBrowsers } from "./not-in-browsers.ts";
import type { PlatformSocket, PlatformSocketClass } from "./platform-socket.ts";
import type { Socket, SocketListener, SocketOptions } from "./socket.ts";

/** A socket of a browser, native or of whatever it imports in its place. */
export function browserSocket(
  WebSocketClass: PlatformSocketClass<PlatformSocket> | undefined,
  url: string,
  listener: SocketListener,
  { tls }: SocketOptions,
): Socket {
  if (tls !== undefined) {
    throw notInBrowsers("tls");
  }
  if (WebSocketClass === undefined) {
    throw notInBrowsers("WebSocket");
  }
  return adapt(new WebSocketClass(url, []), listener);
}

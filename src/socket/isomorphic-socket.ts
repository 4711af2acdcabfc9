import WebSocket from "isomorphic-ws";
import type { Socket, SocketFactory } from "./socket.ts";

/** What the native WebSocket and `ws` have in common; the types of either would tie the SDK to it. */
interface PlatformSocket {
  readonly bufferedAmount: number;
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onerror: ((event: { readonly error?: unknown; readonly message?: unknown }) => void) | null;
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null;
  send(text: string): void;
  close(code?: number, reason?: string): void;
  /** These of `ws` only. */
  terminate?(): void;
  ping?(): void;
  pause?(): void;
  resume?(): void;
  on?(type: "pong", listener: () => void): void;
  /** The TCP socket of `ws`. */
  readonly _socket?: { cork(): void; uncork(): void };
}

type PlatformSocketClass = new (url: string, protocols: string[], options: object) => PlatformSocket;

/** The default socket: the native WebSocket in browsers, `ws` in Node. */
export const isomorphicSocket: SocketFactory = (url, listener, options): Socket => {
  // The native class ignores the third argument.
  const socket = new (WebSocket as unknown as PlatformSocketClass)(url, [], {
    perMessageDeflate: false,
    ...(options.hostnameVerification ? {} : { rejectUnauthorized: false }),
  });
  let failure: Error | undefined;

  socket.onopen = () => listener.open();
  socket.onmessage = ({ data }) => {
    // The MSB sends text frames only; anything else is not for us.
    if (typeof data === "string") listener.message(data);
  };
  socket.onerror = (event) => {
    failure = toError(event);
  };
  socket.onclose = ({ code, reason }) => listener.close({ code, reason, error: failure });

  // What is sent in one go leaves in one system call: several times as fast for a burst of events.
  let isCorked = false;
  function cork(): void {
    const tcp = socket._socket;
    if (isCorked || tcp === undefined) return;
    isCorked = true;
    tcp.cork();
    queueMicrotask(() => {
      isCorked = false;
      tcp.uncork();
    });
  }

  socket.on?.("pong", () => listener.pong());

  return {
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
    send(text) {
      cork();
      socket.send(text);
    },
    close: (code, reason) => socket.close(code, reason),
    ...(socket.ping === undefined ? {} : { ping: () => socket.ping?.() }),
    ...(socket.pause === undefined ? {} : { pause: () => socket.pause?.(), resume: () => socket.resume?.() }),
    terminate: () => (socket.terminate === undefined ? socket.close() : socket.terminate()),
  };
};

/** Browsers give a bare event that says nothing; `ws` gives the error. */
function toError(event: { readonly error?: unknown; readonly message?: unknown }): Error | undefined {
  if (event.error instanceof Error) return event.error;
  return typeof event.message === "string" && event.message !== "" ? new Error(event.message) : undefined;
}

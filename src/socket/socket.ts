import type { TlsOptions } from "./tls-options.ts";

/** How a socket ended. */
export interface SocketClose {
  /** The close code of RFC 6455; 1006 if the connection broke without one. */
  readonly code: number;
  readonly reason: string;
  /** What went wrong, if the platform says it (browsers do not). */
  readonly error?: Error | undefined;
  /** The answer of a server that did not open the websocket, if the platform passes it on. */
  readonly response?: HttpResponse | undefined;
}

/** The answer of a server that opened no websocket. */
export interface HttpResponse {
  /** Such as 404. */
  readonly status: number;
  /** Where the server wants it to be asked instead. */
  readonly location?: string | undefined;
}

/**
 * What a socket tells its owner. After `close` nothing more comes.
 * @example
 * function listenTo(webSocket: WebSocket, listener: SocketListener): void {
 *   webSocket.onopen = () => listener.open();
 *   webSocket.onmessage = ({ data }) => listener.message(data);
 *   webSocket.onclose = ({ code, reason }) => listener.close({ code, reason });
 * }
 */
export interface SocketListener {
  /** Frames can be sent from now on. */
  open(): void;
  /** One text frame. */
  message(text: string): void;
  /** The answer to `ping`. */
  pong(): void;
  /** Called exactly once, also for a socket that never opened. */
  close(close: SocketClose): void;
}

/**
 * One text-frame connection: the only thing the client needs from a platform.
 * @example
 * const asSocket = (webSocket: WebSocket): Socket => ({
 *   get bufferedAmount() { return webSocket.bufferedAmount; },
 *   send: (text) => webSocket.send(text), close: (code, reason) => webSocket.close(code, reason),
 *   terminate: () => webSocket.close(),
 * });
 */
export interface Socket {
  /** Bytes accepted by `send` and not yet on their way. */
  readonly bufferedAmount: number;
  /** Called between `open` and `close` only. */
  send(text: string): void;
  /** Starts the closing handshake. */
  close(code?: number, reason?: string): void;
  /** Ends the connection without one; used when the other side does not answer. */
  terminate(): void;
  /** Sends a ping frame; left out if the platform has none, as in browsers. */
  ping?(): void;
  /** Reads nothing more until `resume()`, so that the other side has to wait; left out if the platform cannot. */
  pause?(): void;
  /** Reads on after `pause()`. */
  resume?(): void;
}

/** What the client asks of a socket. Node only: browsers have a way of their own for all of it. */
export interface SocketOptions {
  /** `false` takes a certificate that is made for another host; `tls.checkHostname` is in it already. */
  readonly hostnameVerification: boolean;
  /** The client option `tls`. */
  readonly tls?: TlsOptions | undefined;
  /** Bytes of an incoming frame; a larger one ends the connection. */
  readonly maxPayload?: number | undefined;
  /** Milliseconds that the other side has to answer a close. @default 3000 */
  readonly closeTimeout?: number | undefined;
}

/** Opens a socket. It may throw, or report the failure through `listener.close`. */
export type SocketFactory = (url: string, listener: SocketListener, options: SocketOptions) => Socket;

/** How a socket ended. */
export interface SocketClose {
  /** The close code of RFC 6455; 1006 where the connection broke without one. */
  readonly code: number;
  readonly reason: string;
  /** What went wrong, where the platform says it (browsers do not). */
  readonly error?: Error | undefined;
}

/** What a socket tells its owner. After `close` nothing more comes. */
export interface SocketListener {
  open(): void;
  /** One text frame. */
  message(text: string): void;
  /** The answer to `ping`. */
  pong(): void;
  /** Called exactly once, also for a socket that never opened. */
  close(close: SocketClose): void;
}

/** One text-frame connection: the only thing the client needs from a platform. */
export interface Socket {
  /** Bytes accepted by `send` and not yet on their way. */
  readonly bufferedAmount: number;
  /** Called between `open` and `close` only. */
  send(text: string): void;
  /** Starts the closing handshake. */
  close(code?: number, reason?: string): void;
  /** Ends the connection without one; used when the other side does not answer. */
  terminate(): void;
  /** Sends a ping frame; left out where the platform has none, as in browsers. */
  ping?(): void;
  /** Reads nothing more until `resume()`, so that the other side has to wait; left out where the platform cannot. */
  pause?(): void;
  resume?(): void;
}

export interface SocketOptions {
  /** `false` accepts any TLS certificate, self-signed ones too. Node only: browsers always check. */
  readonly hostnameVerification: boolean;
}

/** Opens a socket. It may throw, or report the failure through `listener.close`. */
export type SocketFactory = (url: string, listener: SocketListener, options: SocketOptions) => Socket;

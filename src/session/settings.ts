import type { TlsOptions } from "../socket/index.ts";
import type { RetryPolicy } from "./retry.ts";

/** The settings of a session, in one place: options and setters of the client change this object. */
export interface SessionSettings {
  sockJsFraming: boolean;
  hostnameVerification: boolean;
  tls: TlsOptions | undefined;
  autoReconnect: boolean;
  /** Milliseconds. */
  reconnectInterval: number;
  /** Instead of the same interval every time. */
  retryPolicy: RetryPolicy | undefined;
  /** Websocket pings, where the platform has them. */
  keepAlive: boolean;
  /** Milliseconds between them. */
  keepAliveInterval: number;
  /** Milliseconds from the dial to IO_CONNECTED. */
  connectTimeout: number;
  /** Milliseconds from R to its answer, and from E to its answer. */
  ackTimeout: number;
  /** Milliseconds for the closing handshake. */
  closeTimeout: number;
  /** Bytes of UTF-8 in one text frame. */
  maxMessageSize: number;
  eventCache: boolean;
  /** Events that may wait. */
  eventCacheSize: number;
  /** Events that may be sent and not answered. */
  maxInFlight: number;
}

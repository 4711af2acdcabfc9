import type { TlsOptions } from "../socket/index.ts";
import type { RetryPolicy } from "./reconnecting/retry.ts";

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
  /** Websocket pings, if the platform has them; left out: with raw framing, which has no heartbeats. */
  keepAlive: boolean | undefined;
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
  /**
   * What happens when `eventCacheSize` events wait: `dropOldest` drops the oldest of them (never one that is stored for its
   * publisher), `reject` rejects the new one with `BUSY`.
   */
  whenFull: "dropOldest" | "reject";
  /** Events that the store may hold. A full store answers a new event with `until: "stored"` with `BUSY`. */
  storeSize: number;
  /** How often a cached event is sent at most, before it is rejected with `UNDELIVERABLE`. */
  maxAttempts: number | undefined;
  /** Events that may be sent and not answered. */
  maxInFlight: number;
}

import { anyBoolean, anyFunction, choice, milliseconds, wholeNumber } from "../core/validation/checks.ts";
import { option, type SettingsOf } from "../core/validation/options.ts";
import { checkBatch } from "./batch-schema.ts";
import type { RetryPolicy } from "./reconnecting/retry.ts";
import { checkTls } from "./tls-check.ts";

/**
 * The options of a client that its session reads; those that only the client reads are in src/client/client-options.ts. The
 * doc comments are for users: their editors show them, and docs/reference/options.md is made of them (`npm run docs:options`).
 */
export const SESSION_OPTIONS = {
  /** SockJS framing; `false` for raw text frames. @default true */
  sockJsFraming: option(anyBoolean, true),
  /**
   * `false` accepts a TLS certificate that was issued for another host. The client still checks that a trusted authority
   * signed it. `tls.checkHostname` takes precedence. Node only; browsers always check. @default true
   */
  hostnameVerification: option(anyBoolean, true),
  /**
   * Trusted authorities, a client certificate and the like for https:// and wss://; see docs/guides/tls.md. Node only: in a browser
   * the constructor throws, unless you also give a `socket`. @default what Node trusts
   */
  tls: option(checkTls),
  /** Connect and register again after a lost connection. @default true */
  autoReconnect: option(anyBoolean, true),
  /**
   * Milliseconds between a lost connection, or a refused registration, and the next attempt; at least 3,000. A random extra of
   * up to 20 % keeps the clients of a restarted MSB from coming back all at once. @default 10000
   */
  reconnectInterval: option(milliseconds(3_000), 10_000),
  /**
   * How long to wait before each attempt, instead of `reconnectInterval`; see `exponentialBackoff()`.
   * @default `reconnectInterval` every time
   */
  retryPolicy: option(anyFunction<RetryPolicy>()),
  /**
   * Send websocket pings, and give up the connection if nothing comes back for three intervals. Node only: browsers
   * cannot send pings. The client always watches the server's own heartbeats, see docs/guides/delivery.md.
   * @default on with raw framing in Node, where the server sends no heartbeats; off otherwise
   */
  keepAlive: option(anyBoolean),
  /** Milliseconds between pings; at least 1,000. @default 8000 */
  keepAliveInterval: option(milliseconds(1_000), 8_000),
  /** Milliseconds to wait for IO_CONNECTED. @default 10000 */
  connectTimeout: option(milliseconds(1), 10_000),
  /** Milliseconds to wait for the answer to an R or an E. Then the client gives up the connection. @default 10000 */
  ackTimeout: option(milliseconds(1), 10_000),
  /** Milliseconds to wait for the other side to close the connection. Then the client breaks it off. @default 3000 */
  closeTimeout: option(milliseconds(1), 3_000),
  /** Keep events published with `cached: true` while there is no connection. @default true */
  eventCache: option(anyBoolean, true),
  /** Events that may wait to be sent. `whenFull` says what happens to one more. @default 1000 */
  eventCacheSize: option(wholeNumber(1, "events"), 1_000),
  /**
   * What happens to a new event when `eventCacheSize` events are waiting. `dropOldest` makes room by dropping the oldest one,
   * but never one that was published with `until: "stored"`. `reject` rejects the new one with `BUSY`. @default "dropOldest"
   */
  whenFull: option(choice(["dropOldest", "reject"]), "dropOldest"),
  /** Events that the store may hold. If it is full, a new event with `until: "stored"` is rejected with `BUSY`. @default 1000000 */
  storeSize: option(wholeNumber(1, "events"), 1_000_000),
  /** Attempts to send a cached event before it is rejected with `UNDELIVERABLE`. @default no limit */
  maxAttempts: option(wholeNumber(1, "attempts")),
  /** Events that may be sent but not answered yet. @default 1000 */
  maxInFlight: option(wholeNumber(1, "events"), 1_000),
  /**
   * Send the events of one turn of the event loop in one SockJS frame, which makes bursts much faster. `true` fills frames up to
   * 8,000 bytes; `{ maxBytes }` sets another size. No frame is larger than `maxMessageSize`. The MSB still answers each event. Raw framing always
   * has one message per frame. Spring's SockJS accepts such frames; whether your MSB does, `check` finds out.
   * @default false
   */
  batch: option(checkBatch, false),
  /**
   * The largest message, in bytes of UTF-8 on the wire; at least 1,000. A larger event or self-description is rejected with
   * `TOO_LARGE` before it is sent. @default 1000000
   */
  maxMessageSize: option(wholeNumber(1_000, "bytes"), 1_000_000),
};

/** The settings of a session, in one place: options and setters of the client change this object. */
export interface SessionSettings extends SettingsOf<typeof SESSION_OPTIONS> {}

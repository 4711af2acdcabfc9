import { anyBoolean, anyFunction, choice, milliseconds, wholeNumber } from "../core/validation/checks.ts";
import { option, type SettingsOf } from "../core/validation/options.ts";
import { checkBatch } from "./batch-schema.ts";
import type { RetryPolicy } from "./reconnecting/retry.ts";
import { checkTls } from "./tls-check.ts";

/**
 * The options of a client that its session reads; those that only the client reads are in src/client/client-options.ts. The
 * doc comments are for users: their editors show them, and docs/options.md is made of them (`npm run docs:options`).
 */
export const SESSION_OPTIONS = {
  /** SockJS framing; `false` for raw text frames. @default true */
  sockJsFraming: option(anyBoolean, true),
  /**
   * `false` takes a TLS certificate that is made for another host; that it is signed by a trusted authority is checked all
   * the same. `tls.checkHostname` goes before it. Node only; browsers always check. @default true
   */
  hostnameVerification: option(anyBoolean, true),
  /**
   * Trusted authorities, a client certificate and the like for https:// and wss://; see docs/tls.md. Node only: in a browser
   * it is refused unless `socket` is given. @default what Node trusts
   */
  tls: option(checkTls),
  /** Connect and register again after a lost connection. @default true */
  autoReconnect: option(anyBoolean, true),
  /**
   * Milliseconds between a lost connection, or a refused registration, and the next attempt; at least 3,000. Up to 20 % are
   * added at random, so that not all clients of an MSB that was restarted come back at once. @default 10000
   */
  reconnectInterval: option(milliseconds(3_000), 10_000),
  /**
   * How long to wait before each attempt, instead of `reconnectInterval`; see `exponentialBackoff()`.
   * @default `reconnectInterval` every time
   */
  retryPolicy: option(anyFunction<RetryPolicy>()),
  /**
   * Send websocket pings, and give the connection up when nothing comes back for three intervals. Node only: browsers
   * cannot. The server's own heartbeats are watched always, see docs/delivery.md.
   * @default on with raw framing in Node, where the server sends no heartbeats; off otherwise
   */
  keepAlive: option(anyBoolean),
  /** Milliseconds between pings; at least 1,000. @default 8000 */
  keepAliveInterval: option(milliseconds(1_000), 8_000),
  /** Milliseconds that the MSB has for IO_CONNECTED. @default 10000 */
  connectTimeout: option(milliseconds(1), 10_000),
  /** Milliseconds that the MSB has to answer an R or an E before the connection is given up. @default 10000 */
  ackTimeout: option(milliseconds(1), 10_000),
  /** Milliseconds that the other side has to close the connection, before it is broken off. @default 3000 */
  closeTimeout: option(milliseconds(1), 3_000),
  /** Keep events published with `cached: true` while there is no connection. @default true */
  eventCache: option(anyBoolean, true),
  /** Events that may wait to be sent; `whenFull` says what becomes of one more. @default 1000 */
  eventCacheSize: option(wholeNumber(1, "events"), 1_000),
  /**
   * What happens when `eventCacheSize` events wait: `dropOldest` drops the oldest of them (never one that is stored for its
   * publisher), `reject` rejects the new one with `BUSY`. @default "dropOldest"
   */
  whenFull: option(choice(["dropOldest", "reject"]), "dropOldest"),
  /** Events that the store may hold. A full store answers a new event with `until: "stored"` with `BUSY`. @default 1000000 */
  storeSize: option(wholeNumber(1, "events"), 1_000_000),
  /** Attempts to send a cached event, before it is rejected with `UNDELIVERABLE`. @default no limit */
  maxAttempts: option(wholeNumber(1, "attempts")),
  /** Events that may be sent and not answered. @default 1000 */
  maxInFlight: option(wholeNumber(1, "events"), 1_000),
  /**
   * Send what is published in one turn as one SockJS frame: for bursts it takes a fraction of the time. `true` fills frames up to
   * 8,000 bytes, `{ maxBytes }` up to another size, and at most to `maxMessageSize`. Each event is answered for itself all the
   * same. Raw framing has one message per frame always. Spring's SockJS takes it; that an MSB does is for you to try.
   * @default false
   */
  batch: option(checkBatch, false),
  /**
   * Bytes of UTF-8 that a message may have on the wire; at least 1,000. A larger event, or self-description, is rejected with
   * `TOO_LARGE` before it is sent. @default 1000000
   */
  maxMessageSize: option(wholeNumber(1_000, "bytes"), 1_000_000),
};

/** The settings of a session, in one place: options and setters of the client change this object. */
export interface SessionSettings extends SettingsOf<typeof SESSION_OPTIONS> {}

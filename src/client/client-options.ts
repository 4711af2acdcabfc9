import * as z from "zod/v4/mini";
import type { EventStore } from "../core/event-cache/index.ts";
import { mustBe } from "../core/validation/describe-value.ts";
import { findIssues } from "../core/validation/issues.ts";
import { anyString, strictObject } from "../core/validation/schemas.ts";
import type { RetryPolicy, SessionSettings } from "../session/index.ts";
import { isNodePlatform, NO_TLS_OPTIONS, type SocketFactory, type TlsOptions } from "../socket/index.ts";
import type { Clock } from "../support/clock.ts";
import { MsbDefinitionError, type MsbIssue } from "../support/errors.ts";
import type { Logger, LogLevel } from "../support/logger.ts";
import { tlsSchema } from "../session/tls-schema.ts";

/** The settings of a client. Those that may change later have a setter on the client too. Times are at most 2,147,483,647 ms. */
export interface MsbClientOptions {
  /** Where `connect()` goes when it is not told. */
  url?: string;
  /** SockJS framing; `false` for raw text frames. @default true */
  sockJsFraming?: boolean;
  /**
   * `false` takes a TLS certificate that is made for another host; that it is signed by a trusted authority is checked all
   * the same. `tls.checkHostname` goes before it. Node only; browsers always check. @default true
   */
  hostnameVerification?: boolean;
  /**
   * Trusted authorities, a client certificate and the like for https:// and wss://; see docs/tls.md. Node only: in a browser
   * it is refused unless `socket` is given. @default what Node trusts
   */
  tls?: TlsOptions;
  /** Connect and register again after a lost connection. @default true */
  autoReconnect?: boolean;
  /**
   * Milliseconds between a lost connection, or a refused registration, and the next attempt; at least 3,000. Up to 20 % are
   * added at random, so that not all clients of an MSB that was restarted come back at once. @default 10000
   */
  reconnectInterval?: number;
  /**
   * How long to wait before each attempt, instead of `reconnectInterval`; see `exponentialBackoff()`.
   * @default `reconnectInterval` every time
   */
  retryPolicy?: RetryPolicy;
  /**
   * Send websocket pings, and give the connection up when nothing comes back for three intervals. Node only: browsers
   * cannot. The server's own heartbeats are watched always, see docs/delivery.md.
   * @default on with raw framing in Node, where the server sends no heartbeats; off otherwise
   */
  keepAlive?: boolean;
  /** Milliseconds between pings; at least 1,000. @default 8000 */
  keepAliveInterval?: number;
  /** Milliseconds that the MSB has for IO_CONNECTED. @default 10000 */
  connectTimeout?: number;
  /** Milliseconds that the MSB has to answer an R or an E before the connection is given up. @default 10000 */
  ackTimeout?: number;
  /** Milliseconds that the other side has to close the connection, before it is broken off. @default 3000 */
  closeTimeout?: number;
  /** Keep events published with `cached: true` while there is no connection. @default true */
  eventCache?: boolean;
  /** Events that may wait to be sent; `whenFull` says what becomes of one more. @default 1000 */
  eventCacheSize?: number;
  /**
   * What happens when `eventCacheSize` events wait: `dropOldest` drops the oldest of them (never one that is stored for its
   * publisher), `reject` rejects the new one with `BUSY`. @default "dropOldest"
   */
  whenFull?: "dropOldest" | "reject";
  /** Events that the store may hold. A full store answers a new event with `until: "stored"` with `BUSY`. @default 1000000 */
  storeSize?: number;
  /** How often a cached event is sent at most, before it is rejected with `UNDELIVERABLE`. @default no limit */
  maxAttempts?: number;
  /** Events that may be sent and not answered. @default 1000 */
  maxInFlight?: number;
  /** Whether events are cached that do not say. @default false */
  cached?: boolean;
  /**
   * Bytes of UTF-8 that a message may have on the wire. A larger event, or self-description, is rejected with `TOO_LARGE`
   * before it is sent. @default 1000000
   */
  maxMessageSize?: number;
  /**
   * Handlers that may run at a time, until what they return is accepted. Calls beyond it wait, a hundred times as many and
   * 16 MB at most; then nothing more is read from the connection until there is room, or, in browsers, further calls are
   * refused and reported (`BUSY`). @default 100
   */
  maxConcurrentCalls?: number;
  /** Where cached events outlive the process; see `msb-client-websocket/level-store`. @default the memory */
  store?: EventStore;
  /** Check values against their data formats. @default true */
  dataFormatValidation?: boolean;
  /** What is logged. @default "warn" */
  logLevel?: LogLevel;
  /** Where to. @default the console */
  logger?: Logger;
  /** Opens sockets; for platforms and tests with sockets of their own. @default isomorphic-ws */
  socket?: SocketFactory;
  /** Time; for tests. @default the system's */
  clock?: Clock;
  /** A number from 0 up to 1, without 1; for tests. @default Math.random */
  random?: () => number;
}

/** The smallest reconnect interval, in milliseconds, as in the sibling clients. */
export const MIN_RECONNECT_INTERVAL = 3_000;

/** The longest time that a timer takes, in milliseconds: one above it would fire at once. */
const MAX_MILLISECONDS = 2 ** 31 - 1;

/** What the setters change, and everything reads: the one place of each setting. */
export interface ClientSettings extends SessionSettings {
  cached: boolean;
  dataFormatValidation: boolean;
  maxConcurrentCalls: number;
}

function wholeNumber(
  minimum: number,
  unit: string,
  maximum = Number.MAX_SAFE_INTEGER,
): z.ZodMiniType<number | undefined> {
  const isAbove = (value: unknown): boolean => typeof value === "number" && value > maximum;
  return z.optional(
    z.custom<number>(
      (value) => Number.isSafeInteger(value) && (value as number) >= minimum && !isAbove(value),
      {
        error: ({ input }) => {
          const bound = isAbove(input) ? `at most ${maximum}` : `at least ${minimum}`;
          return mustBe(`a whole number of ${unit}, ${bound}`, input);
        },
      },
    ),
  );
}

function milliseconds(minimum: number): z.ZodMiniType<number | undefined> {
  return wholeNumber(minimum, "milliseconds", MAX_MILLISECONDS);
}

function oneOf<const Values extends readonly string[]>(
  values: Values,
): z.ZodMiniType<Values[number] | undefined> {
  return z.optional(z.enum(values, { error: (issue) => mustBe(`one of ${values.join(", ")}`, issue.input) }));
}

const flag = z.optional(z.boolean({ error: (issue) => mustBe("true or false", issue.input) }));

const aFunction = z.optional(
  z.custom<unknown>((value) => typeof value === "function", {
    error: (issue) => mustBe("a function", issue.input),
  }),
);

function objectWith(methods: readonly string[]): z.ZodMiniType {
  return z.optional(
    z.custom<object>(
      (value) =>
        typeof value === "object" &&
        value !== null &&
        methods.every((method) => typeof (value as Record<string, unknown>)[method] === "function"),
      {
        error: (issue) => mustBe(`an object with the methods ${methods.join(", ")}`, issue.input),
      },
    ),
  );
}

const optionsSchema = strictObject({
  url: z.optional(anyString),
  sockJsFraming: flag,
  hostnameVerification: flag,
  tls: z.optional(tlsSchema),
  autoReconnect: flag,
  reconnectInterval: milliseconds(MIN_RECONNECT_INTERVAL),
  connectTimeout: milliseconds(1),
  ackTimeout: milliseconds(1),
  closeTimeout: milliseconds(1),
  eventCache: flag,
  eventCacheSize: wholeNumber(1, "events"),
  whenFull: oneOf(["dropOldest", "reject"]),
  storeSize: wholeNumber(1, "events"),
  maxAttempts: wholeNumber(1, "attempts"),
  maxConcurrentCalls: wholeNumber(1, "calls"),
  maxInFlight: wholeNumber(1, "events"),
  cached: flag,
  retryPolicy: aFunction,
  keepAlive: flag,
  keepAliveInterval: milliseconds(1_000),
  maxMessageSize: wholeNumber(1_000, "bytes"),
  store: objectWith(["open", "read", "write", "close"]),
  dataFormatValidation: flag,
  logLevel: oneOf(["trace", "debug", "info", "warn", "error", "silent"]),
  logger: objectWith(["debug", "info", "warn", "error"]),
  socket: aFunction,
  clock: objectWith(["now", "setTimeout", "clearTimeout"]),
  random: aFunction,
});

/** What is wrong with options; unknown ones too. */
export function findOptionIssues(options: object): MsbIssue[] {
  const issues = findIssues(optionsSchema, options);
  const { tls, socket } = options as MsbClientOptions;
  if (tls !== undefined && socket === undefined && !isNodePlatform()) {
    issues.push({ path: "tls", message: NO_TLS_OPTIONS });
  }
  return issues;
}

/** @throws {MsbDefinitionError} where a setter is given a wrong value. */
export function checkOption<Name extends keyof MsbClientOptions>(
  name: Name,
  value: MsbClientOptions[Name],
): void {
  const issues =
    value === undefined ? [{ path: name, message: "is missing" }] : findOptionIssues({ [name]: value });
  if (issues.length > 0) {
    throw new MsbDefinitionError("The setting", issues);
  }
}

/** @throws {MsbDefinitionError} where a time is not one that a timer takes. */
export function checkMilliseconds(name: string, value: unknown): void {
  const issues = findIssues(milliseconds(0), value).map(({ message }) => ({ path: name, message }));
  if (issues.length > 0) {
    throw new MsbDefinitionError("The option", issues);
  }
}

export function settingsOf(options: MsbClientOptions): ClientSettings {
  return {
    sockJsFraming: options.sockJsFraming ?? true,
    hostnameVerification: options.hostnameVerification ?? true,
    tls: options.tls,
    autoReconnect: options.autoReconnect ?? true,
    reconnectInterval: options.reconnectInterval ?? 10_000,
    connectTimeout: options.connectTimeout ?? 10_000,
    ackTimeout: options.ackTimeout ?? 10_000,
    closeTimeout: options.closeTimeout ?? 3_000,
    retryPolicy: options.retryPolicy,
    keepAlive: options.keepAlive,
    keepAliveInterval: options.keepAliveInterval ?? 8_000,
    eventCache: options.eventCache ?? true,
    eventCacheSize: options.eventCacheSize ?? 1_000,
    whenFull: options.whenFull ?? "dropOldest",
    storeSize: options.storeSize ?? 1_000_000,
    maxAttempts: options.maxAttempts,
    maxInFlight: options.maxInFlight ?? 1_000,
    maxConcurrentCalls: options.maxConcurrentCalls ?? 100,
    cached: options.cached ?? false,
    maxMessageSize: options.maxMessageSize ?? 1_000_000,
    dataFormatValidation: options.dataFormatValidation ?? true,
  };
}

import type { EventStore } from "../core/event-cache/index.ts";
import {
  anyBoolean,
  anyFunction,
  anyString,
  choice,
  findIssues,
  milliseconds,
  objectWith,
  wholeNumber,
} from "../core/validation/checks.ts";
import { throwIssues } from "../core/validation/issues.ts";
import {
  defaultsOf,
  type OptionsOf,
  option,
  optionsCheck,
  type SettingsOf,
  withDefaults,
} from "../core/validation/options.ts";
import { isNodePlatform, isomorphicSocket, NO_TLS_OPTIONS } from "../platform/index.ts";
import { SESSION_OPTIONS } from "../session/index.ts";
import type { SocketFactory } from "../socket/index.ts";
import { type Clock, systemClock } from "../support/clock.ts";
import type { MsbIssue } from "../support/errors.ts";
import { consoleLogger, type Logger, type LogLevel } from "../support/logger.ts";

/** The options that only the client reads; those of its connection are in src/session/settings.ts. */
const OWN_OPTIONS = {
  /** Where `connect()` goes when it is not told. @default none: `connect()` needs one */
  url: option(anyString),
  /**
   * Handlers that may run at a time, until what they return is accepted. Calls beyond it wait, a hundred times as many and
   * 16 MB at most; then nothing more is read from the connection until there is room, or, in browsers, further calls are
   * refused and reported (`BUSY`). @default 100
   */
  maxConcurrentCalls: option(wholeNumber(1, "calls"), 100),
  /** Whether events are cached that do not say. @default false */
  cached: option(anyBoolean, false),
  /** Where cached events outlive the process; see `msb-client-websocket/level-store`. @default the memory */
  store: option(objectWith<EventStore>(["open", "read", "write", "close"])),
  /** Check values against their data formats. @default true */
  dataFormatValidation: option(anyBoolean, true),
  /** What is logged. @default "warn" */
  logLevel: option(choice<LogLevel>(["trace", "debug", "info", "warn", "error", "silent"]), "warn"),
  /** Where to. @default the console */
  logger: option(objectWith<Logger>(["debug", "info", "warn", "error"]), consoleLogger),
  /** Opens sockets; for platforms and tests with sockets of their own. @default isomorphic-ws */
  socket: option(anyFunction<SocketFactory>(), isomorphicSocket),
  /** Time; for tests. @default the system's */
  clock: option(objectWith<Clock>(["now", "setTimeout", "clearTimeout"]), systemClock),
  /** A number from 0 up to 1, without 1; for tests. @default Math.random */
  random: option(anyFunction<() => number>(), () => Math.random()),
};

/** Every option of a client: an entry is added in one of the two tables, and nowhere else. */
export const CLIENT_OPTIONS = { ...OWN_OPTIONS, ...SESSION_OPTIONS };

/** The settings of a client. Those that may change later have a setter on the client too. Times are at most 2,147,483,647 ms. */
export interface MsbClientOptions extends OptionsOf<typeof OWN_OPTIONS>, OptionsOf<typeof SESSION_OPTIONS> {}

/** What the setters change, and everything reads: the one place of each setting. */
export interface ClientSettings extends SettingsOf<typeof CLIENT_OPTIONS> {}

const DEFAULTS: ClientSettings = defaultsOf(CLIENT_OPTIONS);

const checkOptions = optionsCheck(CLIENT_OPTIONS);

/** What is wrong with options; unknown ones too. */
export function findOptionIssues(options: object): MsbIssue[] {
  const issues = findIssues(checkOptions, options);
  const { tls, socket } = options as MsbClientOptions;
  if (tls !== undefined && socket === undefined && !isNodePlatform()) {
    issues.push({ path: "tls", message: NO_TLS_OPTIONS });
  }
  return issues;
}

/** @throws {MsbDefinitionError} if a setter is given a wrong value. */
export function checkSetting(name: keyof ClientSettings, value: unknown): void {
  const issues = findIssues(CLIENT_OPTIONS[name].check, value);
  throwIssues("The setting", named(name, issues));
}

/** @throws {MsbDefinitionError} if a time is not one that a timer takes. */
export function checkMilliseconds(name: string, value: unknown): void {
  throwIssues("The option", named(name, findIssues(milliseconds(0), value)));
}

function named(name: string, issues: readonly MsbIssue[]): MsbIssue[] {
  return issues.map(({ message }) => ({ path: name, message }));
}

export function settingsOf(options: MsbClientOptions): ClientSettings {
  return withDefaults(DEFAULTS, { ...options });
}

import type { EventStore } from "../core/event-cache/index.ts";
import {
  anyBoolean,
  anyFunction,
  anyString,
  type Check,
  check,
  choice,
  findIssues,
  objectWith,
  wholeNumber,
} from "../core/validation/checks.ts";
import { throwIssues } from "../core/validation/issues.ts";
import {
  type ChangeableNameOf,
  defaultsOf,
  fixed,
  isFixed,
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
import { isRecord } from "../support/is-record.ts";
import { consoleLogger, type Logger, type LogLevel } from "../support/logger.ts";

/** The options that only the client reads; those of its connection are in src/session/settings.ts. */
const OWN_OPTIONS = {
  /** The URL of the MSB, for `connect()` and `start()` without a URL. @default none: then these methods need a URL */
  url: option(anyString),
  /**
   * How many calls are handled at a time. A call counts until the MSB has accepted what its handler returned. Further calls wait:
   * up to a hundred times as many, and 16 MB. Beyond that, Node reads nothing more from the connection until there is room. Browsers
   * cannot stop reading, so there further calls are refused and reported (`BUSY`). @default 100
   */
  maxConcurrentCalls: option(wholeNumber(1, "calls"), 100),
  /** Whether an event is cached if its own options do not say. @default false */
  cached: option(anyBoolean, false),
  /** Keeps cached events when the process ends; see `msb-client-websocket/level-store`. @default none: memory only */
  store: fixed(option(objectWith<EventStore>(["open", "read", "write", "close"]))),
  /** Check values against their data formats. @default true */
  dataFormatValidation: option(anyBoolean, true),
  /** The least important level that is logged. @default "warn" */
  logLevel: option(choice<LogLevel>(["trace", "debug", "info", "warn", "error", "silent"]), "warn"),
  /** Where the log goes. @default the console */
  logger: option(objectWith<Logger>(["debug", "info", "warn", "error"]), consoleLogger),
  /** Opens sockets. For platforms and tests that bring their own. @default isomorphic-ws */
  socket: fixed(option(anyFunction<SocketFactory>(), isomorphicSocket)),
  /** The source of time, for tests. @default the system's */
  clock: fixed(option(objectWith<Clock>(["now", "setTimeout", "clearTimeout"]), systemClock)),
  /** Returns a number from 0 up to, but not including, 1. For tests. @default Math.random */
  random: fixed(option(anyFunction<() => number>(), () => Math.random())),
};

/** Every option of a client: an entry is added in one of the two tables, and nowhere else. */
export const CLIENT_OPTIONS = { ...OWN_OPTIONS, ...SESSION_OPTIONS };

/** The options of a client. `set()` changes most of them later. Times are at most 2,147,483,647 ms. */
export interface MsbClientOptions extends OptionsOf<typeof OWN_OPTIONS>, OptionsOf<typeof SESSION_OPTIONS> {}

/** The options that can change later. `undefined` gives an option its default back. */
export type ChangeableOptions = {
  [Name in keyof Pick<MsbClientOptions, ChangeableNameOf<typeof CLIENT_OPTIONS>>]:
    | MsbClientOptions[Name]
    | undefined;
};

/** What `set()` changes, and everything reads: the one place of each setting. */
export interface ClientSettings extends SettingsOf<typeof CLIENT_OPTIONS> {}

const DEFAULTS: ClientSettings = defaultsOf(CLIENT_OPTIONS);

const checkOptions = optionsCheck(CLIENT_OPTIONS);

const cannotChange: Check = check(
  () => false,
  "",
  () => "cannot change later; give it to new MsbClient()",
);

const checkChangeable = optionsCheck(
  Object.fromEntries(
    Object.entries(CLIENT_OPTIONS).map(([name, entry]) => [
      name,
      isFixed(entry) ? { ...entry, check: cannotChange } : entry,
    ]),
  ),
);

/** The names of the options that can change later. */
export const CHANGEABLE: readonly string[] = Object.entries(CLIENT_OPTIONS).flatMap(([name, entry]) =>
  isFixed(entry) ? [] : name,
);

/** What is wrong with options; unknown ones too. */
export function findOptionIssues(options: object): MsbIssue[] {
  const issues = findIssues(checkOptions, options);
  if ((options as MsbClientOptions).tls !== undefined && lacksTls(options)) {
    issues.push({ path: "tls", message: NO_TLS_OPTIONS });
  }
  return issues;
}

/** @throws {MsbDefinitionError} listing everything that is wrong with what `set()` is given. */
export function checkChanges(
  changes: unknown,
  settings: ClientSettings,
): asserts changes is ChangeableOptions {
  const issues = findIssues(checkChangeable, changes);
  if (isRecord(changes) && changes["tls"] !== undefined && lacksTls({ ...settings })) {
    issues.push({ path: "tls", message: NO_TLS_OPTIONS });
  }
  throwIssues("The settings", issues);
}

/** Browsers have no such options, but a socket of the user may. */
function lacksTls(given: { readonly socket?: SocketFactory | undefined }): boolean {
  return given.socket === undefined && !isNodePlatform();
}

export function settingsOf(options: MsbClientOptions): ClientSettings {
  return withDefaults(DEFAULTS, { ...options });
}

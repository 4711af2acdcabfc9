import type { EventFields } from "../core/codec/index.ts";
import type { EventTerms } from "../core/event-cache/index.ts";
import { type CheckedEvent, checkPriority, priorityNumber } from "../core/self-description/index.ts";
import { anyBoolean, anySignal, anyString, check, findIssues, nullish } from "../core/validation/checks.ts";
import { type OptionsOrNullOf, option, optionsCheck } from "../core/validation/options.ts";
import { MsbValueError } from "../support/errors.ts";
import { isRecord } from "../support/is-record.ts";
import type { UtcDates } from "../support/utc-dates.ts";

const UTC_TEXT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** The options of `publish()`; the doc comments are for users, as those of the client's options are. */
const PUBLISH_OPTIONS = {
  /** How urgent it is. @default the priority of the event's definition */
  priority: option(checkPriority),
  /**
   * Let the event wait while there is no connection, and send it again if the connection breaks before the MSB has answered.
   * @default the client option `cached`, which is false
   */
  cached: option(anyBoolean),
  /** When it happened: a `Date`, or an ISO 8601 string. @default now */
  postDate: option(check<Date | string>(isDate, "a valid Date or an ISO 8601 string")),
  /** Ties events and calls of one flow together. @default none */
  correlationId: option(anyString),
  /**
   * When the promise resolves. `"acknowledged"`: when the MSB has accepted the event. `"stored"`: as soon as the client option
   * `store` holds it, so that it survives the end of the process. Failures after that go to the `error` listener.
   * @default "acknowledged"
   */
  until: option(
    check<"acknowledged" | "stored">(
      (value) => value === "acknowledged" || value === "stored",
      '"acknowledged" or "stored"',
    ),
    "acknowledged",
  ),
  /** Takes the event back while it waits; the promise rejects with `ABORTED`. Once the event is sent, the MSB's answer decides. @default none */
  signal: option(anySignal),
};

/** How an event is published. `null` is the same as leaving an option out. */
export interface PublishOptions extends OptionsOrNullOf<typeof PUBLISH_OPTIONS> {}

const checkOptions = optionsCheck(PUBLISH_OPTIONS, nullish);

/** What an event is published with that says nothing. */
export const NO_OPTIONS: PublishOptions = Object.freeze({});

/** Whether the only argument of `publish()` is its options: of an event without payload it can be nothing else. */
export function isOnlyOptions(
  hasPayload: boolean,
  value: unknown,
  options: PublishOptions | undefined,
): value is PublishOptions {
  if (hasPayload || (options !== undefined && options !== NO_OPTIONS) || !isRecord(value)) {
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A value and options out of the arguments of a call, where the options may stand alone. */
export function valueAndOptions(
  hasPayload: boolean,
  first: unknown,
  second: unknown,
): readonly [value: unknown, options: unknown] {
  const isOnly = isOnlyOptions(hasPayload, first, second as PublishOptions | undefined);
  return isOnly ? [undefined, first] : [first, second];
}

const POSITIONS = ["priority", "cached", "postDate", "correlationId"] as const;

/** The options of `publish(eventId, value, …)`: an object, or `priority, cached, postDate, correlationId` by position. */
export function readPublishArguments(third: unknown, rest: readonly unknown[]): PublishOptions {
  if (typeof third === "object" && third !== null) {
    return third;
  }
  if ((third === undefined || third === null) && rest.length === 0) {
    return NO_OPTIONS;
  }
  const values = [third, ...rest];
  const given = POSITIONS.map((name, index) => [name, values[index]] as const);
  // Positional callers write null, or undefined, for what they leave out.
  const said = given.filter(([, value]) => value !== undefined && value !== null);
  return said.length === 0 ? NO_OPTIONS : Object.fromEntries(said);
}

/** @throws {MsbValueError} listing every option that is wrong. */
export function checkPublishOptions(eventId: string, options: PublishOptions): void {
  // Most events are published without options: they are not charged for the check.
  if (options === NO_OPTIONS) {
    return;
  }
  const issues = findIssues(checkOptions, options);
  if (issues.length > 0) {
    throw new MsbValueError(`Publishing event ${JSON.stringify(eventId)}`, issues);
  }
}

/** What the client says about events that do not say. */
export interface PublishDefaults {
  readonly cached: boolean;
  readonly eventCache: boolean;
}

/** What they mean, with the defaults of event and client. */
export interface ResolvedPublishOptions extends EventTerms, Omit<EventFields, "payload"> {}

/** @throws {MsbValueError} listing every option that is wrong. */
export function readPublishOptions(
  event: CheckedEvent,
  options: PublishOptions,
  settings: PublishDefaults,
  dates: UtcDates,
): ResolvedPublishOptions {
  checkPublishOptions(event.eventId, options);
  const { priority, cached, postDate, correlationId, until, signal } = options;
  const isGuarded = (until ?? PUBLISH_OPTIONS.until.default) === "stored";
  return {
    priority: priority === undefined || priority === null ? event.priority : priorityNumber(priority),
    cached: (cached ?? settings.cached) && settings.eventCache,
    postDate: postDate === undefined || postDate === null ? dates.now() : toUtc(postDate),
    correlationId: correlationId ?? undefined,
    isGuarded,
    isCall: event.isCall === true && !isGuarded,
    signal: signal ?? undefined,
  };
}

function toUtc(date: Date | string): string {
  return typeof date === "string" && UTC_TEXT.test(date) ? date : new Date(date).toISOString();
}

function isDate(value: unknown): boolean {
  if (value instanceof Date) {
    return !Number.isNaN(value.getTime());
  }
  return typeof value === "string" && /^\d{4}-\d{2}-\d{2}T/.test(value) && !Number.isNaN(Date.parse(value));
}

import * as z from "zod/v4/mini";
import type { PriorityNumber } from "../core/codec/index.ts";
import { type CheckedEvent, priorityNumber, prioritySchema } from "../core/self-description/index.ts";
import { mustBe } from "../core/validation/describe-value.ts";
import { findIssues } from "../core/validation/issues.ts";
import { anyBoolean, anyString, strictObject } from "../core/validation/schemas.ts";
import type { Clock } from "../support/clock.ts";
import { MsbValueError } from "../support/errors.ts";
import type { PublishOptions } from "./event.ts";

const UTC_TEXT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

const optionsSchema = strictObject({
  priority: z.nullish(prioritySchema),
  cached: z.nullish(anyBoolean),
  postDate: z.nullish(
    z.custom<Date | string>(isDate, {
      error: (issue) => mustBe("a valid Date or an ISO 8601 string", issue.input),
    }),
  ),
  correlationId: z.nullish(anyString),
  until: z.nullish(
    z.enum(["acknowledged", "stored"], {
      error: (issue) => mustBe('"acknowledged" or "stored"', issue.input),
    }),
  ),
  signal: z.nullish(
    z.custom<AbortSignal>((value) => value instanceof AbortSignal, {
      error: (issue) => mustBe("an AbortSignal", issue.input),
    }),
  ),
});

/** What an event is published with that says nothing. */
export const NO_OPTIONS: PublishOptions = Object.freeze({});

/** The options of `publish(eventId, value, …)`: an object, or `priority, cached, postDate, correlationId` by position. */
export function readPublishArguments(third: unknown, rest: readonly unknown[]): PublishOptions {
  if (typeof third === "object" && third !== null) {
    return third;
  }
  if ((third === undefined || third === null) && rest.length === 0) {
    return NO_OPTIONS;
  }
  const given = [
    ["priority", third] as const,
    ...POSITIONS.map((name, index) => [name, rest[index]] as const),
  ];
  // Positional callers write null, or undefined, for what they leave out.
  const said = given.filter(([, value]) => value !== undefined && value !== null);
  return said.length === 0 ? NO_OPTIONS : Object.fromEntries(said);
}

const POSITIONS = ["cached", "postDate", "correlationId"] as const;

interface ResolvedPublishOptions {
  readonly priority: PriorityNumber;
  readonly cached: boolean;
  readonly postDate: string;
  readonly correlationId: string | undefined;
  readonly until: "acknowledged" | "stored";
  readonly signal: AbortSignal | undefined;
}

/** @throws {MsbValueError} listing every option that is wrong. */
export function readPublishOptions(
  event: CheckedEvent,
  options: PublishOptions,
  cachedByDefault: boolean,
  clock: Clock,
): ResolvedPublishOptions {
  // Most events are published without options: they are not charged for the check.
  if (options !== NO_OPTIONS) {
    const issues = findIssues(optionsSchema, options);
    if (issues.length > 0) {
      throw new MsbValueError(`Publishing event ${JSON.stringify(event.eventId)}`, issues);
    }
  }
  const { priority, cached, postDate, correlationId, until, signal } = options;
  return {
    priority: priority === undefined || priority === null ? event.priority : priorityNumber(priority),
    cached: cached ?? cachedByDefault,
    postDate:
      typeof postDate === "string" && UTC_TEXT.test(postDate)
        ? postDate
        : new Date(postDate ?? clock.now()).toISOString(),
    correlationId: correlationId ?? undefined,
    until: until ?? "acknowledged",
    signal: signal ?? undefined,
  };
}

function isDate(value: unknown): boolean {
  if (value instanceof Date) {
    return !Number.isNaN(value.getTime());
  }
  return typeof value === "string" && /^\d{4}-\d{2}-\d{2}T/.test(value) && !Number.isNaN(Date.parse(value));
}

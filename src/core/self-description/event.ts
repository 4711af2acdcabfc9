import * as z from "zod/v4/mini";
import type { MsbIssue } from "../../support/errors.ts";
import type { PriorityNumber } from "../codec/index.ts";
import { compileDataFormat, type DataFormat, type DataFormatDefinition } from "../data-format/index.ts";
import { collectIssues, findIssues, throwIssues } from "../validation/issues.ts";
import { anyBoolean, anyString, nonEmptyString, strictObject } from "../validation/schemas.ts";
import { type Priority, priorityNumber, prioritySchema } from "./priority.ts";

/** An event that a service can publish. `null` is the same as leaving it out. */
export interface EventDefinition<
  Format extends DataFormatDefinition | undefined = DataFormatDefinition | undefined,
  IsArray extends boolean = boolean,
> {
  /** Unique among the events of the service. */
  eventId: string;
  /** @default the eventId */
  name?: string | null;
  /** @default "" */
  description?: string | null;
  /** What the payload looks like; `null` or left out: no payload. */
  dataFormat?: Format;
  /** Whether the payload is an array of what `dataFormat` says. @default false */
  isArray?: IsArray | null;
  /** Of events that are published without one of their own. @default "LOW" */
  priority?: Priority | null;
}

/** An event definition that was checked. */
export interface CheckedEvent {
  readonly eventId: string;
  readonly name: string;
  readonly description: string;
  readonly priority: PriorityNumber;
  readonly dataFormat: DataFormat;
}

const eventSchema = strictObject({
  eventId: nonEmptyString,
  name: z.nullish(anyString),
  description: z.nullish(anyString),
  dataFormat: z.nullish(z.unknown()),
  isArray: z.nullish(anyBoolean),
  priority: z.nullish(prioritySchema),
});

/** @throws {import("../../support/errors.ts").MsbDefinitionError} listing everything that is wrong. */
export function checkEvent(definition: EventDefinition): CheckedEvent {
  const subject = subjectOf("Event", definition?.eventId);
  const issues: MsbIssue[] = findIssues(eventSchema, definition);
  const dataFormat = collectIssues(issues, () =>
    compileDataFormat(definition?.dataFormat, { isArray: definition?.isArray === true, subject }),
  );
  throwIssues(subject, issues);
  const { eventId, name, description, priority } = definition;
  return {
    eventId,
    name: name ?? eventId,
    description: description ?? "",
    priority: priorityNumber(priority ?? 0),
    dataFormat: dataFormat as DataFormat,
  };
}

export function subjectOf(kind: string, id: unknown): string {
  return typeof id === "string" ? `${kind} ${JSON.stringify(id)}` : kind;
}

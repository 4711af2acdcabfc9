import type { MsbIssue } from "../../support/errors.ts";
import type { PriorityNumber } from "../codec/index.ts";
import {
  compileDataFormat,
  type DataFormat,
  type DataFormatDefinition,
  type ValidDataFormat,
} from "../data-format/index.ts";
import {
  anyBoolean,
  anyString,
  anything,
  type Check,
  findIssues,
  nonEmptyString,
  nullish,
  strictObject,
} from "../validation/checks.ts";
import { collectIssues, throwIssues } from "../validation/issues.ts";
import { checkPriority, type Priority, priorityNumber } from "./priority.ts";

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
  /** The data format of the payload; `null` or left out: no payload. */
  dataFormat?: ValidDataFormat<Format>;
  /** Whether the payload is an array of `dataFormat`. @default false */
  isArray?: IsArray | null;
  /** The priority of events that are published without one of their own. @default "LOW" */
  priority?: Priority | null;
}

/** An event definition that was checked. */
export interface CheckedEvent {
  readonly eventId: string;
  readonly name: string;
  readonly description: string;
  readonly priority: PriorityNumber;
  readonly dataFormat: DataFormat;
  /** A flow makes it a call of a function, whose answer its publisher waits for. */
  readonly isCall?: boolean;
}

/** What the definitions of events and of functions have in common, besides the id. */
export const COMMON_FIELDS: Readonly<Record<string, Check>> = {
  name: nullish(anyString),
  description: nullish(anyString),
  dataFormat: anything,
  isArray: nullish(anyBoolean),
};

const checkFields = strictObject({
  eventId: nonEmptyString,
  ...COMMON_FIELDS,
  priority: nullish(checkPriority),
});

/** @throws {import("../../support/errors.ts").MsbDefinitionError} listing everything that is wrong. */
export function checkEvent(definition: EventDefinition): CheckedEvent {
  const subject = subjectOf("Event", definition?.eventId);
  const issues: MsbIssue[] = findIssues(checkFields, definition);
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

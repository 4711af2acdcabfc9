import type { MsbIssue } from "../../support/errors.ts";
import { isRecord } from "../../support/is-record.ts";
import {
  compileDataFormat,
  compileParameters,
  type DataFormat,
  type DataFormatDefinition,
} from "../data-format/index.ts";
import {
  anything,
  arrayOf,
  check,
  findIssues,
  nonEmptyString,
  nullish,
  strictObject,
} from "../validation/checks.ts";
import { mustBe } from "../validation/describe-value.ts";
import { collectIssues, throwIssues } from "../validation/issues.ts";
import { COMMON_FIELDS, subjectOf } from "./event.ts";

/** Something with an eventId: what `addEvent` returns. */
export interface EventReference {
  readonly eventId: string;
}

/** The data of a function, apart from its handler. */
export interface FunctionData {
  functionId: string;
  name?: string | null;
  description?: string | null;
  dataFormat?: DataFormatDefinition | undefined;
  isArray?: boolean | null;
  parameters?: Readonly<Record<string, DataFormatDefinition>> | null | undefined;
  responseEvents?: readonly (EventReference | string)[] | null;
}

/** A function definition that was checked. */
export interface CheckedFunction {
  readonly functionId: string;
  readonly name: string;
  readonly description: string;
  readonly dataFormat: DataFormat;
  /** Whether calls carry one value per named parameter instead of one `dataObject`. */
  readonly hasNamedParameters: boolean;
  readonly responseEventIds: readonly string[];
}

const handlerCheck = check(
  (handler) => typeof handler === "function",
  "a function",
  (what, handler) => (handler === undefined ? "is missing: the function to run" : mustBe(what, handler)),
);

const checkFields = strictObject({
  functionId: nonEmptyString,
  ...COMMON_FIELDS,
  parameters: anything,
  responseEvents: nullish(
    arrayOf(
      check((event) => eventIdOf(event) !== undefined, "an event that addEvent() returned, or its eventId"),
      "an array of events",
    ),
  ),
  handler: handlerCheck,
});

/** @throws {import("../../support/errors.ts").MsbDefinitionError} if it is not a function. */
export function checkHandler(functionId: string, handler: unknown): void {
  const issues = findIssues(handlerCheck, handler);
  throwIssues(
    subjectOf("Function", functionId),
    issues.map(({ message }) => ({ path: "handler", message })),
  );
}

/**
 * @param knowsEvent whether an event was added to the service before
 * @throws {import("../../support/errors.ts").MsbDefinitionError} listing everything that is wrong.
 */
export function checkFunction(
  definition: FunctionData & { handler: unknown },
  knowsEvent: (event: EventReference | string) => boolean,
): CheckedFunction {
  const subject = subjectOf("Function", definition?.functionId);
  const issues: MsbIssue[] = findIssues(checkFields, definition);
  const dataFormat = collectIssues(issues, () => resolveFormat(definition, subject));
  const responseEventIds = readResponseEvents(definition?.responseEvents, knowsEvent, issues);
  throwIssues(subject, issues);

  const { functionId, name, description, parameters } = definition;
  return {
    functionId,
    name: name ?? functionId,
    description: description ?? "",
    dataFormat: dataFormat as DataFormat,
    hasNamedParameters: isGiven(parameters),
    responseEventIds,
  };
}

function resolveFormat(definition: FunctionData, subject: string): DataFormat {
  const { parameters, dataFormat, isArray } = definition ?? {};
  if (!isGiven(parameters)) {
    return compileDataFormat(dataFormat, { isArray: isArray === true, subject });
  }
  const beside = Object.entries({ dataFormat, isArray }).filter(([, value]) => isGiven(value));
  throwIssues(
    subject,
    beside.map(([path]) => ({ path, message: "cannot be given together with parameters" })),
  );
  return compileParameters(parameters, { subject });
}

function isGiven<T>(value: T): value is NonNullable<T> {
  return value !== undefined && value !== null;
}

function readResponseEvents(
  references: unknown,
  knowsEvent: (event: EventReference | string) => boolean,
  issues: MsbIssue[],
): readonly string[] {
  if (!Array.isArray(references)) {
    return [];
  }
  return references.flatMap((reference, index) => {
    const eventId = eventIdOf(reference) ?? [];
    if (typeof eventId === "string" && !knowsEvent(reference)) {
      const message = `the event ${JSON.stringify(eventId)} was never added to this service; call addEvent() before addFunction()`;
      issues.push({ path: `responseEvents[${index}]`, message });
    }
    return eventId;
  });
}

function eventIdOf(reference: unknown): string | undefined {
  const eventId = isRecord(reference) ? reference["eventId"] : reference;
  return typeof eventId === "string" ? eventId : undefined;
}

import * as z from "zod/v4/mini";
import type { MsbIssue } from "../../support/errors.ts";
import {
  compileDataFormat,
  compileParameters,
  type DataFormat,
  type DataFormatDefinition,
} from "../data-format/index.ts";
import { mustBe } from "../validation/describe-value.ts";
import { collectIssues, findIssues, throwIssues } from "../validation/issues.ts";
import { anyBoolean, anyString, nonEmptyString, strictObject } from "../validation/schemas.ts";
import { subjectOf } from "./event.ts";

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

const functionSchema = strictObject({
  functionId: nonEmptyString,
  name: z.nullish(anyString),
  description: z.nullish(anyString),
  dataFormat: z.nullish(z.unknown()),
  isArray: z.nullish(anyBoolean),
  parameters: z.nullish(z.unknown()),
  responseEvents: z.nullish(
    z.array(
      z.custom<EventReference | string>((event) => typeof eventIdOf(event) === "string", {
        error: (issue) => mustBe("an event that addEvent() returned, or its eventId", issue.input),
      }),
      { error: (issue) => mustBe("an array of events", issue.input) },
    ),
  ),
  handler: z.custom<unknown>((handler) => typeof handler === "function", {
    error: (issue) =>
      issue.input === undefined ? "is missing: the function to run" : mustBe("a function", issue.input),
  }),
});

/**
 * @param knowsEvent whether an event was added to the service before
 * @throws {import("../../support/errors.ts").MsbDefinitionError} listing everything that is wrong.
 */
export function checkFunction(
  definition: FunctionData & { handler: unknown },
  knowsEvent: (event: EventReference | string) => boolean,
): CheckedFunction {
  const subject = subjectOf("Function", definition?.functionId);
  const issues: MsbIssue[] = findIssues(functionSchema, definition);
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
  const both = [...(isGiven(dataFormat) ? ["dataFormat"] : []), ...(isGiven(isArray) ? ["isArray"] : [])];
  throwIssues(
    subject,
    both.map((path) => ({ path, message: "cannot be given together with parameters" })),
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
    const eventId = eventIdOf(reference);
    if (eventId === undefined) {
      return [];
    }
    if (!knowsEvent(reference)) {
      const message = `the event ${JSON.stringify(eventId)} was never added to this service; call addEvent() before addFunction()`;
      issues.push({ path: `responseEvents[${index}]`, message });
    }
    return [eventId];
  });
}

function eventIdOf(reference: unknown): string | undefined {
  if (typeof reference === "string") {
    return reference;
  }
  if (typeof reference !== "object" || reference === null) {
    return undefined;
  }
  const { eventId } = reference as Partial<EventReference>;
  return typeof eventId === "string" ? eventId : undefined;
}

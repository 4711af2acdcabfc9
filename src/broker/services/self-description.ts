import * as z from "zod/v4/mini";
import { mustBe } from "../../core/validation/describe-value.ts";
import { formatPath } from "../../core/validation/path.ts";
import type { MsbIssue } from "../../support/errors.ts";
import { toIssues } from "../support/issues.ts";
import { MAX_DECLARATIONS, MAX_ID_LENGTH, MAX_SERVICES_PER_CONNECTION } from "../support/limits.ts";
import { anyString, atMostCharacters, expected, notEmpty, wholeNumberFrom } from "../support/schemas.ts";
import { addIssue, type Findings } from "./data-format-check.ts";
import { checkRules } from "./self-description-rules.ts";
import type { SelfDescription } from "./self-description-types.ts";

const nonEmptyString = anyString.check(notEmpty);
const id = nonEmptyString.check(atMostCharacters(MAX_ID_LENGTH));
const optionalString = z.nullish(anyString);
// C# counts from 0, the others from 1.
const reference = wholeNumberFrom(0, Number.MAX_SAFE_INTEGER);
const optionalArray = <T extends z.core.SomeType>(item: T) => z.nullish(z.array(item, expected("an array")));

const eventSchema = z.object(
  {
    "@id": z.optional(reference),
    eventId: id,
    name: optionalString,
    description: optionalString,
    dataFormat: z.optional(z.unknown()),
  },
  expected("an object"),
);

const functionSchema = z.object(
  {
    functionId: id,
    name: optionalString,
    description: optionalString,
    dataFormat: z.optional(z.unknown()),
    responseEvents: optionalArray(reference),
  },
  expected("an object"),
);

const PARAMETER_TYPES = "INTEGER, NUMBER, STRING or BOOLEAN";
const PARAMETER_FORMATS = "INT32, INT64, FLOAT, DOUBLE, BYTE or DATE-TIME";

// Python, Node.js and C send upper case, Java and C# lower case.
const parameterSchema = z.object(
  {
    value: z.optional(z.unknown()),
    type: anyString.check(z.regex(/^(integer|number|string|boolean)$/i, expected(PARAMETER_TYPES))),
    format: z.nullish(
      anyString.check(z.regex(/^(int32|int64|float|double|byte|date-time)$/i, expected(PARAMETER_FORMATS))),
    ),
  },
  expected("an object { value, type }"),
);

const serviceSchema = z.object(
  {
    "@class": z.enum(
      ["SmartObject", "Application", "Gateway"],
      expected("SmartObject, Application or Gateway"),
    ),
    uuid: id,
    name: nonEmptyString,
    description: optionalString,
    // A secret: the error must not show it.
    token: z.nullish(z.string("must be a string")),
    events: optionalArray(eventSchema),
    functions: optionalArray(functionSchema),
    configuration: z.nullish(
      z.object(
        {
          parameters: z.nullish(
            z.record(z.string(), parameterSchema, expected("an object of named parameters")),
          ),
        },
        expected("an object { parameters }"),
      ),
    ),
    // The services of a gateway; checked one by one, so that nesting is bounded.
    services: optionalArray(z.unknown()),
  },
  expected("an object"),
);

/** More than any gateway needs. */
const MAX_DEPTH = 8;

/** One service of a registration: the one that registers, or one that its gateway brings. */
export interface ServiceToRegister {
  readonly selfDescription: SelfDescription;
  /** Its JSON, which is what is kept of it. */
  readonly json: string;
  /** The uuid of the gateway whose registration brought it. */
  readonly gateway: string | undefined;
}

export type SelfDescriptionResult =
  | {
      readonly ok: true;
      readonly services: readonly ServiceToRegister[];
      /** What is odd about it. */
      readonly warnings: readonly MsbIssue[];
    }
  | { readonly ok: false; readonly issues: readonly MsbIssue[] };

/**
 * Checks a self-description, and lists its services: the one that registers first.
 * @param value what `json`, an `R` message, says.
 */
export function readSelfDescription(value: unknown, json: string): SelfDescriptionResult {
  const services: ServiceToRegister[] = [];
  const findings: Findings = { issues: [], warnings: [] };
  const { issues, warnings } = findings;
  collect({ value, json, path: "", gateway: undefined, depth: 0 }, services, findings);
  const uuids = new Set<string>();
  for (const { selfDescription } of services) {
    if (uuids.has(selfDescription.uuid)) {
      const message = `the uuid ${JSON.stringify(selfDescription.uuid)} occurs twice`;
      addIssue(issues, { path: "services", message });
    }
    uuids.add(selfDescription.uuid);
  }
  return issues.length === 0 ? { ok: true, services, warnings } : { ok: false, issues };
}

interface Place {
  readonly value: unknown;
  /** Its JSON; `undefined` for one that stands inside another. */
  readonly json: string | undefined;
  readonly path: string;
  readonly gateway: string | undefined;
  readonly depth: number;
}

function collect(place: Place, services: ServiceToRegister[], findings: Findings): void {
  const { value, json, path, gateway, depth } = place;
  const { issues } = findings;
  const excess = depth > MAX_DEPTH ? `must not be nested more than ${MAX_DEPTH} deep` : findExcess(value);
  if (excess !== undefined) {
    addIssue(issues, { path, message: excess });
    return;
  }
  const result = serviceSchema.safeParse(value);
  if (!result.success) {
    issues.push(...toIssues(result.error, path));
    return;
  }
  // Makes the compiler compare schema and type; the value itself is kept, because zod's copy lacks unknown keys.
  result.data satisfies SelfDescription;
  const selfDescription = value as SelfDescription;
  if (gateway === undefined && !selfDescription.token) {
    // The services of a gateway are vouched for by its token.
    addIssue(issues, {
      path: formatPath(path, ["token"]),
      message: mustBe("a string that is not empty", selfDescription.token),
    });
  }
  checkRules(selfDescription, path, findings);
  services.push({ selfDescription, json: json ?? JSON.stringify(value), gateway });
  for (const [index, nested] of (selfDescription.services ?? []).entries()) {
    const inside = { value: nested, json: undefined, path: formatPath(path, ["services", index]) };
    collect({ ...inside, gateway: gateway ?? selfDescription.uuid, depth: depth + 1 }, services, findings);
  }
}

/** What is too much to look at one by one. */
function findExcess(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) {
    return undefined;
  }
  const { events, functions, services, configuration } = value as Readonly<Record<string, unknown>>;
  const parameters: unknown = (configuration as { parameters?: unknown } | null | undefined)?.parameters;
  for (const [name, part, limit] of [
    ["events", events, MAX_DECLARATIONS],
    ["functions", functions, MAX_DECLARATIONS],
    ["parameters", parameters, MAX_DECLARATIONS],
    ["services", services, MAX_SERVICES_PER_CONNECTION],
  ] as const) {
    const count = typeof part === "object" && part !== null ? Object.keys(part).length : 0;
    if (count > limit) {
      return `must have at most ${limit} ${name}, not ${count}`;
    }
  }
  return undefined;
}

import * as z from "zod/mini";
import type { MsbIssue } from "../errors.ts";
import type { Findings } from "./data-format-check.ts";
import { joinPath, toIssues } from "./issues.ts";
import { checkRules } from "./self-description-rules.ts";
import type { SelfDescription } from "./self-description-types.ts";

const MUST_BE_TEXT = "must be a text";
const filled = z.string(MUST_BE_TEXT).check(z.minLength(1, "must not be empty"));
const text = z.nullish(z.string(MUST_BE_TEXT));
// C# counts from 0, the others from 1.
const reference = z.int("must be a whole number").check(z.nonnegative("must not be negative"));
const list = <T extends z.core.SomeType>(item: T) => z.nullish(z.array(item, "must be a list"));

const eventSchema = z.object(
  {
    "@id": z.optional(reference),
    eventId: filled,
    name: text,
    description: text,
    dataFormat: z.optional(z.unknown()),
  },
  "must be an object",
);

const functionSchema = z.object(
  {
    functionId: filled,
    name: text,
    description: text,
    dataFormat: z.optional(z.unknown()),
    responseEvents: list(reference),
  },
  "must be an object",
);

// Python, Node.js and C send upper case, Java and C# lower case.
const parameterSchema = z.object(
  {
    value: z.optional(z.unknown()),
    type: z
      .string(MUST_BE_TEXT)
      .check(z.regex(/^(integer|number|string|boolean)$/i, "must be INTEGER, NUMBER, STRING or BOOLEAN")),
    format: z.nullish(
      z
        .string(MUST_BE_TEXT)
        .check(
          z.regex(
            /^(int32|int64|float|double|byte|date-time)$/i,
            "must be INT32, INT64, FLOAT, DOUBLE, BYTE or DATE-TIME",
          ),
        ),
    ),
  },
  "must be an object { value, type }",
);

const serviceSchema = z.object(
  {
    "@class": z.enum(
      ["SmartObject", "Application", "Gateway"],
      "must be SmartObject, Application or Gateway",
    ),
    uuid: filled,
    name: filled,
    description: text,
    token: text,
    events: list(eventSchema),
    functions: list(functionSchema),
    configuration: z.nullish(
      z.object(
        {
          parameters: z.nullish(
            z.record(z.string(), parameterSchema, "must be an object of named parameters"),
          ),
        },
        "must be an object { parameters }",
      ),
    ),
    // The services of a gateway; checked one by one, so that nesting is bounded.
    services: list(z.unknown()),
  },
  "must be an object",
);

/** More than any gateway needs, and less than what overflows the stack. */
const MAX_DEPTH = 8;

/** One service of a registration: the one that registers, or one that its gateway brings. */
export interface DescribedService {
  readonly selfDescription: SelfDescription;
  /** The uuid of the gateway whose registration brought it. */
  readonly gateway: string | undefined;
}

export type SelfDescriptionResult =
  | {
      readonly ok: true;
      readonly services: readonly DescribedService[];
      /** What is odd about it. */
      readonly warnings: readonly MsbIssue[];
    }
  | { readonly ok: false; readonly issues: readonly MsbIssue[] };

/** Checks the JSON of an `R` message, and lists its services: the one that registers first. */
export function readSelfDescription(value: unknown): SelfDescriptionResult {
  const services: DescribedService[] = [];
  const findings: Findings = { issues: [], warnings: [] };
  const { issues, warnings } = findings;
  collect(value, "", undefined, 0, services, findings);
  const uuids = new Set<string>();
  for (const { selfDescription } of services) {
    if (uuids.has(selfDescription.uuid)) {
      issues.push({
        path: "services",
        message: `the uuid ${JSON.stringify(selfDescription.uuid)} occurs twice`,
      });
    }
    uuids.add(selfDescription.uuid);
  }
  return issues.length === 0 ? { ok: true, services, warnings } : { ok: false, issues };
}

function collect(
  value: unknown,
  path: string,
  gateway: string | undefined,
  depth: number,
  services: DescribedService[],
  findings: Findings,
): void {
  const { issues } = findings;
  if (depth > MAX_DEPTH) {
    issues.push({ path, message: `services are nested more than ${MAX_DEPTH} deep` });
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
    issues.push({ path: joinPath(path, ["token"]), message: "must be a text that is not empty" });
  }
  checkRules(selfDescription, path, findings);
  services.push({ selfDescription, gateway });
  for (const [index, nested] of (selfDescription.services ?? []).entries()) {
    collect(
      nested,
      joinPath(path, ["services", index]),
      gateway ?? selfDescription.uuid,
      depth + 1,
      services,
      findings,
    );
  }
}

import type { $ZodType } from "zod/v4/core";
import * as z from "zod/v4/mini";
import { isRecord } from "../../../support/is-record.ts";
import { canonical, type Schema } from "../json.ts";
import { ANNOTATIONS } from "../keywords.ts";
import { nameInRef } from "../names.ts";
import {
  arraySchema,
  numberSchema,
  objectSchema,
  type PatternCompiler,
  refine,
  stringSchema,
} from "./to-zod-types.ts";

/** Turns the schemas of one data format into zod; `definitions` are looked up when a value is checked, so they may be recursive. */
export function zodOfSchema(
  schema: Schema,
  definitions: Readonly<Record<string, Schema>>,
  compilePattern?: PatternCompiler,
): $ZodType {
  const compiled = new Map<string, $ZodType>();
  return convert(schema);

  function convert(node: Schema): $ZodType {
    const name = nameInRef(node);
    // Draft 4: whatever stands beside a $ref is ignored.
    if (name !== undefined) {
      return z.lazy(() => definition(name) as z.ZodMiniType);
    }

    const base = withAllOf(typed(node), node);
    const values = node["enum"];
    return Array.isArray(values) ? oneOfValues(values, base, node) : base;
  }

  function definition(name: string): $ZodType {
    let found = compiled.get(name);
    if (found === undefined) {
      // That it is there was checked by checkDataFormatJson().
      found = convert(definitions[name] ?? {});
      compiled.set(name, found);
    }
    return found;
  }

  function typed(node: Schema): $ZodType {
    const type = node["type"];
    const types = typeof type === "string" ? [type] : Array.isArray(type) ? type.map(String) : ALL_TYPES;
    if (types === ALL_TYPES && Object.keys(node).every((keyword) => OF_ANY_TYPE.has(keyword))) {
      return z.unknown();
    }
    const alternatives = types.map((each) => ofType(each, node));
    const [only] = alternatives;
    return alternatives.length === 1 && only !== undefined ? only : z.union(alternatives);
  }

  function ofType(type: string, node: Schema): $ZodType {
    switch (type) {
      case "string":
        return stringSchema(node, compilePattern);
      case "number":
      case "integer":
        return numberSchema(node, type === "integer");
      case "boolean":
        return z.boolean();
      case "null":
        return z.literal(null);
      case "array":
        return arraySchema(node, convert);
      default:
        return objectSchema(node, convert);
    }
  }

  function withAllOf(base: $ZodType, node: Schema): $ZodType {
    const members = node["allOf"];
    if (!Array.isArray(members)) {
      return base;
    }
    const schemas = members.map((member) => convert(member as Schema));
    // Not z.intersection(), which lets two closed objects have each other's properties.
    return (base as z.ZodMiniType).check(
      z.check((payload) => {
        for (const schema of schemas) {
          const result = schema._zod.run({ value: payload.value, issues: [] }, { async: false });
          if (!(result instanceof Promise)) {
            payload.issues.push(...result.issues);
          }
        }
      }),
    );
  }
}

const ALL_TYPES = ["string", "number", "boolean", "null", "array", "object"];

/** The keywords that are looked at one by one; all others restrict values of a certain type. */
const OF_ANY_TYPE: ReadonlySet<string> = new Set(["type", "enum", "allOf", ...ANNOTATIONS]);

/** `enum` beside other keywords: both must hold. */
function oneOfValues(values: readonly unknown[], base: $ZodType, node: Schema): $ZodType {
  const isNested = Object.keys(node).some((keyword) => NESTING.has(keyword));
  if (!isNested && !values.some((value) => Array.isArray(value) || isRecord(value))) {
    // Decided now, which must not be done with recursive schemas.
    const allowed = values.filter((value) => z.safeParse(base, value).success);
    return allowed.length === 0 ? z.never() : z.literal(allowed as z.core.util.Literal[]);
  }
  const strings = new Set(values.map(canonical));
  return (base as z.ZodMiniType).check(
    refine(
      (value) => strings.has(canonical(value)),
      `must be one of ${values.map((value) => JSON.stringify(value)).join(", ")}`,
    ),
  );
}

const NESTING: ReadonlySet<string> = new Set(["items", "properties", "additionalProperties", "allOf"]);

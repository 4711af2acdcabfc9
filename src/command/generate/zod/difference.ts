import {
  compileDataFormat,
  compileParameters,
  type DataFormatDefinition,
} from "../../../core/data-format/index.ts";
import { canonical, type Schema } from "../../../core/data-format/json.ts";
import { ROOT } from "../../../core/data-format/names.ts";
import { memberOf } from "../../../core/validation/path.ts";
import { MsbDefinitionError, type MsbIssue } from "../../../support/errors.ts";
import { isRecord } from "../../../support/is-record.ts";
import type { Format } from "../description/formats.ts";
import { normalSchema } from "../description/normal-form.ts";

/** The first place where a definition makes another data format than this one; `undefined` if there is none. */
export function findDifference(
  definition: DataFormatDefinition,
  { root, definitions }: Format,
  name: string,
): MsbIssue | undefined {
  try {
    const { json } =
      name === ROOT
        ? compileDataFormat(definition, { subject: "" })
        : compileParameters({ [name]: definition }, { subject: "" });
    const made = Object.fromEntries(
      Object.entries(json ?? {}).map(([each, schema]) => [each, normalSchema(schema as Schema)]),
    );
    const path = firstDifference({ ...definitions, [name]: root }, made, "");
    return path === undefined ? undefined : { path, message: "zod would write this differently" };
  } catch (error) {
    if (error instanceof MsbDefinitionError) {
      return error.issues[0];
    }
    throw error;
  }
}

function firstDifference(a: unknown, b: unknown, path: string): string | undefined {
  if (canonical(a) === canonical(b)) {
    return undefined;
  }
  if (isRecord(a) && isRecord(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const inside = Object.hasOwn(a, key) && Object.hasOwn(b, key);
      const found = inside ? firstDifference(a[key], b[key], memberOf(path, key)) : memberOf(path, key);
      if (found !== undefined) {
        return found;
      }
    }
  }
  return path;
}

import type { $ZodType } from "zod/v4/core";
import { describeError, MsbDefinitionError } from "../../../support/errors.ts";
import type { Schema } from "../json.ts";
import { Walker } from "./walker.ts";

export interface ZodFormat {
  readonly root: Schema;
  readonly definitions: Record<string, Schema>;
  /** Whether the value in the program may differ from the one on the wire: codecs, defaults, strings that are trimmed … */
  readonly converts: boolean;
  /** Whether the schema lets through what JSON cannot carry: it takes anything somewhere, or values that contain themselves. */
  readonly needsWalk: boolean;
}

export interface FromZodOptions {
  /** For error messages, such as `event "TEMPERATURE"`. */
  readonly subject: string;
  /** The name of the root: `dataObject`, or the name of a parameter. */
  readonly root: string;
  /** Whether the whole value may be missing: a parameter may, a payload may not. */
  readonly mayBeOptional?: boolean;
}

/** @throws {MsbDefinitionError} listing everything in the schema that a data format cannot say, and what can be used instead */
export function fromZod(schema: $ZodType, { subject, root, mayBeOptional }: FromZodOptions): ZodFormat {
  const walker = new Walker(root);
  let written: Schema = {};
  try {
    written = walker.walk(schema);
    const isOptional = schema._zod.optout === "optional" && mayBeOptional !== true;
    if (isOptional && !walker.issues.some(({ path }) => path === root)) {
      walker.refuse(
        root,
        "the whole payload cannot be optional; use z.nullable(), or null as the data format for no payload",
      );
    }
  } catch (error) {
    if (error instanceof RangeError) {
      // There is no end to it, which is the same for all forms.
      throw error;
    }
    walker.refuse(root, `zod cannot describe this schema: ${describeError(error)}`);
  }
  if (walker.issues.length > 0) {
    throw new MsbDefinitionError(subject, walker.issues);
  }
  return {
    root: written,
    definitions: walker.definitions,
    converts: walker.converts,
    needsWalk: walker.takesAnything || walker.isRecursive,
  };
}

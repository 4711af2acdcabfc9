import type { $ZodType } from "zod/v4/core";
import { describeError } from "../../../support/errors.ts";
import { throwIssues } from "../../validation/issues.ts";
import type { Schema } from "../json.ts";
import { Walker } from "./walker.ts";

export interface ZodFormat {
  readonly root: Schema;
  readonly definitions: Record<string, Schema>;
  /** Whether the value in the program may differ from the one on the wire: codecs, defaults, strings that are trimmed … */
  readonly converts: boolean;
  /** Whether the schema lets through what JSON cannot carry: it takes anything somewhere, or values that contain themselves. */
  readonly needsWalk: boolean;
  /** Whether members of any name may go through it. */
  readonly isOpen: boolean;
}

export interface FromZodOptions {
  /** For error messages, such as `event "TEMPERATURE"`. */
  readonly subject: string;
  /** The name of the root: `dataObject`, or the name of a parameter. */
  readonly root: string;
  /** Whether the whole value may be missing: a parameter may, a payload may not. */
  readonly mayBeOptional?: boolean;
}

/** @throws {import("../../../support/errors.ts").MsbDefinitionError} listing everything in the schema that a data format cannot say, and what can be used instead */
export function fromZod(schema: $ZodType, { subject, root, mayBeOptional }: FromZodOptions): ZodFormat {
  const walker = new Walker(root);
  try {
    walker.walk(schema);
    const isOptional = schema._zod.optout === "optional" && mayBeOptional !== true;
    if (isOptional && !walker.issues.some(({ path }) => path === root)) {
      walker.refuse(
        "the whole payload cannot be optional; use z.nullable(), or null as the data format for no payload",
      );
    }
  } catch (error) {
    if (error instanceof RangeError) {
      // There is no end to it, which is the same for all forms.
      throw error;
    }
    // After the first issue it may fail because of that.
    if (walker.issues.length === 0) {
      walker.refuse(`zod cannot describe this schema: ${describeError(error)}`, root);
    }
  }
  throwIssues(subject, walker.issues);
  return walker;
}

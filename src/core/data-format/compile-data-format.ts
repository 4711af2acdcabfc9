import { type MsbIssue, MsbValueError } from "../../support/errors.ts";
import { mustBe } from "../validation/describe-value.ts";
import { type CompiledRoot, compileRoot } from "./compile-root.ts";
import type { Json } from "./json.ts";
import { ROOT } from "./names.ts";
import { definitionError } from "./read-definition.ts";
import type { DataFormat, DataFormatDefinition, DataFormatJson } from "./types.ts";
import type { PatternCompiler } from "./zod/to-zod-types.ts";

export interface CompileOptions {
  /** Whether a value is an array of what is defined. */
  readonly isArray?: boolean;
  /** What the format belongs to, for error messages: `event "TEMPERATURE"`. */
  readonly subject: string;
  /** For formats of others, whose patterns may be made to take for ever. @default the regular expressions of JavaScript */
  readonly compilePattern?: PatternCompiler;
}

/**
 * Makes a data format of any of its definitions: what goes into the self-description, and the check of values.
 * @throws {MsbDefinitionError} listing everything that is wrong with the definition
 */
export function compileDataFormat(
  definition: DataFormatDefinition | undefined,
  options: CompileOptions,
): DataFormat {
  const { subject, isArray = false, compilePattern } = options;
  const compiled = compileRoot(definition, { subject, isArray, root: ROOT, compilePattern });
  if (compiled === undefined) {
    if (isArray) {
      throw definitionError(
        subject,
        "no payload cannot be an array; give a data format, or leave isArray out",
      );
    }
    return noPayload(subject);
  }
  return payload(compiled, subject);
}

function payload(compiled: CompiledRoot, subject: string): DataFormat {
  return {
    json: { ...compiled.definitions, [ROOT]: compiled.root } as DataFormatJson,
    encode(value, { validate }) {
      const issues: MsbIssue[] = [];
      const wire = compiled.encode(value, validate, issues);
      if (issues.length > 0) {
        throw new MsbValueError(subject, issues);
      }
      return wire as Json | undefined;
    },
    decode(wire, options) {
      const issues: MsbIssue[] = [];
      const value = compiled.decode(wire, options, issues);
      if (issues.length > 0) {
        throw new MsbValueError(subject, issues);
      }
      return value;
    },
  };
}

function noPayload(subject: string): DataFormat {
  const check = (value: unknown, validate: boolean): undefined => {
    if (validate && value !== undefined && value !== null) {
      throw new MsbValueError(subject, [{ path: ROOT, message: mustBe("no payload", value) }]);
    }
  };
  return {
    json: undefined,
    encode: (value, { validate }) => check(value, validate),
    decode: (wire, { validate }) => check(wire, validate),
  };
}

import type { $ZodType } from "zod/v4/core";
import * as z from "zod/v4/mini";
import { MsbDefinitionError, type MsbIssue } from "../../support/errors.ts";
import type { Schema } from "./json.ts";
import { checkJsonValue } from "./json-value.ts";
import { checkDataFormatJson } from "./msb-schema.ts";
import { REF_PREFIX, ROOT } from "./names.ts";
import { decoder } from "./prototype-key.ts";
import { type Definition, definitionError, readDefinition } from "./read-definition.ts";
import type { DecodeOptions } from "./types.ts";
import { fromZod } from "./zod/from-zod.ts";
import { schemaRunner } from "./zod/run-schema.ts";
import { zodOfSchema } from "./zod/to-zod.ts";
import type { PatternCompiler } from "./zod/to-zod-types.ts";

/** One root of a data format, compiled: its schemas, and the way of a value to the wire and back. */
export interface CompiledRoot {
  readonly root: Schema;
  readonly definitions: Readonly<Record<string, Schema>>;
  /** The value as it goes on the wire. What does not fit is added to `issues`. */
  encode(value: unknown, validate: boolean, issues: MsbIssue[]): unknown;
  decode(wire: unknown, options: DecodeOptions, issues: MsbIssue[]): unknown;
}

export interface RootOptions {
  readonly subject: string;
  readonly isArray: boolean;
  /** The name of the root: `dataObject`, or that of a parameter. */
  readonly root: string;
  /** @default the regular expressions of JavaScript */
  readonly compilePattern?: PatternCompiler | undefined;
}

/** @returns `undefined` for no payload */
export function compileRoot(definition: unknown, options: RootOptions): CompiledRoot | undefined {
  try {
    return compile(definition, options);
  } catch (error) {
    if (!(error instanceof RangeError)) {
      throw error;
    }
    throw definitionError(
      options.subject,
      "the data format is nested too deeply, or consists of nothing but itself",
    );
  }
}

function compile(definition: unknown, options: RootOptions): CompiledRoot | undefined {
  const read = readDefinition(definition, options.subject);
  if (read.kind === "none") {
    return undefined;
  }
  const compiled =
    read.kind === "zod" ? compileZodRoot(read.schema, options) : compileJsonRoot(read, options);
  // The last gate: whatever the form, nothing leaves that the MSB refuses.
  const issues = checkDataFormatJson(
    { ...compiled.definitions, [options.root]: compiled.root },
    { roots: "any", areNamesUsable: true },
  );
  if (issues.length > 0) {
    throw new MsbDefinitionError(`${options.subject}, data format`, issues);
  }
  return compiled;
}

function compileZodRoot(schema: $ZodType, { subject, isArray, root }: RootOptions): CompiledRoot {
  const isParameter = root !== ROOT;
  const format = fromZod(schema, { subject, root, mayBeOptional: isParameter && !isArray });
  const whole = isArray ? z.array(schema) : schema;
  // The way back through zod takes twice as long, and is the same if nothing is converted.
  const toWire = schemaRunner(whole, format.converts ? "backward" : "forward", root);
  const check = schemaRunner(whole, "forward", root);
  return {
    root: isArray ? { type: "array", items: format.root } : format.root,
    definitions: format.definitions,
    encode(value, validate, issues) {
      if (!validate && !format.converts) {
        return value;
      }
      const before = issues.length;
      const wire = toWire(value, issues);
      if (format.needsWalk && issues.length === before && wire !== undefined) {
        checkJsonValue(wire, root, issues);
      }
      return wire;
    },
    decode: decoder({
      root,
      check,
      isOpen: format.isOpen,
      isClosed: () => isClosed(format),
      converts: format.converts,
    }),
  };
}

function compileJsonRoot(
  definition: Extract<Definition, { kind: "json" }>,
  options: RootOptions,
): CompiledRoot {
  const { subject, isArray, root } = options;
  const isSelfReferring = JSON.stringify(definition).includes(`"$ref":"${REF_PREFIX}${ROOT}"`);
  if (isSelfReferring && (isArray || root !== ROOT)) {
    throw definitionError(
      subject,
      `the format refers to its root "${ROOT}", which is not the root here; give that schema a name of its own`,
    );
  }
  const schema: Schema = isArray ? { type: "array", items: definition.root } : definition.root;
  const zod = zodOfSchema(
    schema,
    { ...definition.definitions, [ROOT]: definition.root },
    options.compilePattern,
  );
  const needsWalk = !isSimple(schema);
  const check = schemaRunner(zod, "forward", root);
  return {
    root: schema,
    definitions: definition.definitions,
    encode(value, validate, issues) {
      if (!validate) {
        return value;
      }
      // For zod every object is an object, even a Date or a Map.
      const before = issues.length;
      if (needsWalk) {
        checkJsonValue(value, root, issues);
      }
      return issues.length > before ? undefined : check(value, issues);
    },
    decode: decoder({
      root,
      check,
      isOpen: needsWalk,
      isClosed: () => isClosed(definition),
      converts: false,
    }),
  };
}

/** Whether some part of it forbids unknown properties. */
function isClosed(format: { readonly root: Schema; readonly definitions: object }): boolean {
  return JSON.stringify(format).includes('"additionalProperties":false');
}

/** Whether the schema alone makes sure that a value can travel as JSON. */
function isSimple({ type, items }: Schema): boolean {
  if (type === "array") {
    return typeof items === "object" && items !== null && isSimple(items as Schema);
  }
  return typeof type === "string" && type !== "object";
}

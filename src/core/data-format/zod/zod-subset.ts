import type { MsbIssue } from "../../../support/errors.ts";
import { isRecord } from "../../../support/is-record.ts";
import { memberStep } from "../../validation/path.ts";
import { asSchema, type Schema, setOwn } from "../json.ts";
import { KEYWORDS } from "../msb-schema.ts";
import { REF_PREFIX } from "../names.ts";
import type { Json } from "../types.ts";
import { isNull, orNull, unite } from "./zod-union.ts";

const ANNOTATIONS: ReadonlySet<string> = new Set(["title", "description", "default", "example"]);

/** Rewrites the JSON schemas that zod emits as ones of the MSB's closed subset. What cannot be said is added to `issues`. */
export class SubsetWriter {
  /** The finished definitions. */
  readonly definitions: Record<string, Schema> = {};
  readonly #source: Readonly<Record<string, Schema>>;
  readonly #issues: MsbIssue[];
  /** Named schemas that are wanted with null: by name, the name of the variant. */
  readonly #orNull = new Map<string, string>();

  constructor(source: Readonly<Record<string, Schema>>, issues: MsbIssue[]) {
    this.#source = source;
    this.#issues = issues;
  }

  writeDefinitions(): void {
    for (const [name, schema] of Object.entries(this.#source)) {
      this.definitions[name] = this.write(schema, name);
    }
    // grows while it runs: a variant may want further variants
    for (const [name, variant] of this.#orNull) {
      const schema = this.#followRefs(this.definitions[name] ?? {});
      const nullable = orNull(schema);
      if (nullable === undefined) {
        this.#fail(name, NULLABLE_INTERSECTION);
      } else {
        this.definitions[variant] = nullable;
      }
    }
  }

  write(node: Schema, path: string): Schema {
    const result: Schema = {};
    for (const [keyword, value] of Object.entries(node)) {
      switch (keyword) {
        case "properties":
          result[keyword] = this.#writeProperties(asSchema(value), path);
          break;
        case "items":
          // a tuple is reported where its zod schema is seen
          if (isRecord(value)) {
            result[keyword] = this.write(asSchema(value), `${path}[]`);
          }
          break;
        case "additionalProperties":
          if (isRecord(value)) {
            const schema = this.write(asSchema(value), `${path}.*`);
            if (Object.keys(schema).length > 0) {
              result[keyword] = schema;
            }
          } else {
            result[keyword] = value;
          }
          break;
        case "examples":
          if (Array.isArray(value) && value.length > 0) {
            result["example"] ??= value[0] as Json;
          }
          break;
        case "anyOf":
        case "oneOf":
        case "allOf":
        case "additionalItems":
        case "id":
        case "$schema":
        case "definitions":
          break;
        default:
          if (KEYWORDS.has(keyword)) {
            result[keyword] = value;
          } else {
            this.#failOnce(
              path,
              keyword === "not" ? NOTHING : `the MSB's data formats cannot say "${keyword}"`,
            );
          }
      }
    }
    tidyValues(result);
    return this.#writeAllOf(node, this.#writeUnion(node, result, path), path);
  }

  #writeProperties(properties: Schema, path: string): Schema {
    const result: Schema = {};
    for (const [name, schema] of Object.entries(properties)) {
      setOwn(result, name, this.write(asSchema(schema), path + memberStep(name)));
    }
    return result;
  }

  #writeUnion(node: Schema, outer: Schema, path: string): Schema {
    const options = node["anyOf"] ?? node["oneOf"];
    if (!Array.isArray(options)) {
      return outer;
    }
    const alternatives = options.map((option) => this.write(asSchema(option), path));
    // it takes everything, and so does the union
    if (alternatives.some((schema) => Object.keys(schema).length === 0) && node["oneOf"] === undefined) {
      return outer;
    }

    const [named, ...more] = alternatives.filter((schema) => !isNull(schema));
    const name = refOf(named);
    if (name !== undefined && more.length === 0) {
      const ref = { $ref: REF_PREFIX + (alternatives.length > 1 ? this.#nameOrNull(name) : name) };
      return Object.keys(outer).length === 0 ? ref : { ...outer, allOf: [ref] };
    }
    const united = unite(alternatives, node["oneOf"] !== undefined);
    if (united === undefined) {
      this.#fail(path, alternatives.length === 2 && more.length === 0 ? NULLABLE_INTERSECTION : UNION);
      return outer;
    }
    return { ...united, ...outer };
  }

  #writeAllOf(node: Schema, outer: Schema, path: string): Schema {
    const parts = node["allOf"];
    if (!Array.isArray(parts)) {
      return outer;
    }
    if (parts.length > 1 && parts.some((part) => this.#isClosed(asSchema(part)))) {
      this.#fail(path, CLOSED_INTERSECTION);
    }
    const members = parts.map((part) => this.write(asSchema(part), path));
    const [only] = members;
    if (members.length === 1 && only !== undefined) {
      const keywords = Object.keys(outer);
      if (keywords.length === 0) {
        return only;
      }
      // draft 4 ignores whatever stands beside a $ref
      if (only["$ref"] === undefined && keywords.every((each) => ANNOTATIONS.has(each))) {
        return { ...only, ...outer };
      }
    }
    return { ...outer, allOf: members };
  }

  /** Whether it forbids further properties. In an intersection zod adds up what is allowed, JSON schema does not. */
  #isClosed(node: Schema, visited = new Set<Schema>()): boolean {
    if (visited.has(node)) {
      return false;
    }
    visited.add(node);
    if (node["additionalProperties"] === false) {
      return true;
    }
    const name = refOf(node);
    const inner = [...asList(node["allOf"]), ...asList(node["anyOf"]), ...asList(node["oneOf"])];
    if (name !== undefined) {
      inner.push(this.#source[name] ?? {});
    }
    return inner.some((each) => this.#isClosed(each, visited));
  }

  #nameOrNull(name: string): string {
    let variant = this.#orNull.get(name);
    if (variant === undefined) {
      variant = freeName(`${name}OrNull`, (taken) => Object.hasOwn(this.#source, taken));
      this.#orNull.set(name, variant);
    }
    return variant;
  }

  #followRefs(schema: Schema): Schema {
    const visited = new Set<string>();
    let found = schema;
    for (let name = refOf(found); name !== undefined && !visited.has(name); name = refOf(found)) {
      visited.add(name);
      found = this.definitions[name] ?? {};
    }
    return found;
  }

  /** For what may have been reported already, and better, where its zod schema was seen. */
  #failOnce(path: string, message: string): void {
    if (!this.#issues.some((issue) => issue.path === path)) {
      this.#fail(path, message);
    }
  }

  #fail(path: string, message: string): void {
    this.#issues.push({ path, message });
  }
}

const NOTHING = "no value fits this schema, which a data format cannot say; leave it out";
const UNION =
  "a union is possible only of single values (z.enum, z.literal) or of different simple types; use one z.object() with optional properties, or an event of its own for each case";
const NULLABLE_INTERSECTION =
  "an intersection cannot be nullable in a data format; use one z.object() with the properties of both, for example with z.extend()";
const CLOSED_INTERSECTION =
  "an intersection with a strict object cannot be said in a data format; use one z.strictObject() with the properties of both, for example with z.extend()";

/** `name`, or with a number behind it if that is taken. */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  let free = name;
  for (let i = 2; isTaken(free); i++) {
    free = `${name}${i}`;
  }
  return free;
}

export function refOf(schema: Schema | undefined): string | undefined {
  const ref = schema?.["$ref"];
  return typeof ref === "string" ? ref.slice(REF_PREFIX.length) : undefined;
}

function asList(value: unknown): Schema[] {
  return Array.isArray(value) ? value.map(asSchema) : [];
}

/** Each value once; and `z.literal(5)` and numeric enums are integers, where zod says number. */
function tidyValues(schema: Schema): void {
  const { type, enum: values } = schema;
  if (Array.isArray(values)) {
    schema["enum"] = [...new Set(values)];
  }
  if (type === "number" && Array.isArray(values) && values.every(Number.isInteger)) {
    schema["type"] = "integer";
  }
}

/*
 * The way from zod to the MSB. zod can write JSON schemas of its own, but they say most things in words that the MSB refuses
 * (`anyOf`, `const`, `not` …), and what they say changes with the version of zod. So this walks over the schemas itself. It reads
 * their definitions (`schema._zod.def`), which zod keeps stable for libraries, and writes the closed subset of the MSB directly.
 * What to write for one kind of schema, or why that kind cannot be said and what works instead, is one line of a table (`KINDS` in
 * kinds.ts): a new kind of zod is a new line there. The walker does what all kinds have in common: names and recursion, null,
 * annotations, and everything that is wrong.
 */

import type { $ZodType } from "zod/v4/core";
import type { MsbIssue } from "../../../support/errors.ts";
import { memberStep } from "../../validation/path.ts";
import { asSchema, canonical, type Schema } from "../json.ts";
import { checkDefinitionName, nameInRef, ROOT, refTo } from "../names.ts";
import { overwrites } from "./checks.ts";
import { isNull, mayTakeNull, orNull, unite } from "./combine.ts";
import { KINDS } from "./kinds.ts";
import { allInside, annotate, annotationsOf, idOf, isCodec, namedParentOf } from "./metadata.ts";
import { NO_VALUE } from "./values.ts";
import type { Walk } from "./walk.ts";

const CONVERTING: ReadonlySet<string> = new Set(["pipe", "default", "prefault", "readonly"]);

/** Kinds that say nothing of their own, so that a recursion through them is one of what is inside. */
const TRANSPARENT: ReadonlySet<string> = new Set(["lazy", "optional", "nonoptional", "readonly", "pipe"]);

/** Kinds whose checks become keywords. */
const CHECKED: ReadonlySet<string> = new Set(["string", "number", "array"]);

export class Walker implements Walk {
  readonly definitions: Record<string, Schema> = {};
  readonly issues: MsbIssue[] = [];
  converts = false;
  takesAnything = false;
  isRecursive = false;
  readonly #root: string;
  /** The names of the schemas that are definitions. */
  readonly #names = new Map<$ZodType, string>();
  /** The schemas that are being written: what leads back to one of them is a recursion. */
  readonly #open = new Set<$ZodType>();
  /** All names that the schemas have of their own. */
  #ids = new Set<string>();
  /** If there are none, nothing has to be searched for them. */
  #hasCodecs = false;
  /** Definitions that are wanted with null: by name, the name of the variant and where it is wanted first. */
  readonly #nullable = new Map<string, { readonly variant: string; readonly path: string }>();
  /** Intersections, and where they are. */
  readonly #intersections: [schema: Schema, path: string][] = [];

  constructor(root: string) {
    this.#root = root;
  }

  walk(schema: $ZodType): Schema {
    const all = [...allInside(schema)];
    this.#ids = new Set(all.flatMap((each) => idOf(each) ?? []));
    this.#hasCodecs = all.some(isCodec);
    const written = this.write(schema, this.#root);
    // Grows while it runs: a variant may want further variants.
    for (const [name, { variant, path }] of this.#nullable) {
      this.definitions[variant] = this.#orNull(this.definitions[name] ?? {}, path);
    }
    for (const [intersection, path] of this.#intersections) {
      this.#checkClosed(intersection, path);
    }
    return written;
  }

  write(schema: $ZodType, path: string): Schema {
    let name = this.#names.get(schema);
    if (this.#open.has(schema)) {
      this.isRecursive = true;
      name ??= this.#define(
        schema,
        this.#freeName(this.#root === ROOT ? "Recursive" : `${this.#root}Recursive`),
      );
    }
    if (name !== undefined) {
      return refTo(name);
    }
    const id = idOf(schema);
    if (id !== undefined) {
      this.#checkId(id);
      this.#define(schema, id);
    }
    const isPassed = id === undefined && TRANSPARENT.has(schema._zod.def.type);
    if (!isPassed) {
      this.#open.add(schema);
    }
    const written = this.#writeInPlace(schema, path);
    this.#open.delete(schema);
    name = this.#names.get(schema);
    if (name === undefined) {
      return written;
    }
    this.definitions[name] = written;
    return refTo(name);
  }

  refuse(path: string, message: string): Schema {
    if (!this.issues.some((issue) => issue.path === path && issue.message === message)) {
      this.issues.push({ path, message });
    }
    return {};
  }

  unite(alternatives: readonly Schema[], isExclusive: boolean, path: string): Schema {
    const isAnything = (schema: Schema) => Object.keys(schema).length === 0;
    if (!isExclusive && alternatives.some(isAnything)) {
      return {};
    }
    if (isExclusive && alternatives.filter(mayTakeNull).length > 1) {
      return this.refuse(path, UNION);
    }
    if (alternatives.length === 0) {
      return this.refuse(path, NO_VALUE);
    }
    const values = alternatives.filter((schema) => !isNull(schema));
    const others =
      isExclusive || values.length === 1
        ? values
        : [...new Map(values.map((schema) => [canonical(schema), schema])).values()];
    const [only] = others;
    if (only === undefined) {
      return { type: "null" };
    }
    const united = others.length === 1 ? only : unite(others, isExclusive);
    if (united === undefined) {
      return this.refuse(path, UNION);
    }
    return values.length < alternatives.length ? this.#orNull(united, path) : united;
  }

  checkIntersection(schema: Schema, path: string): void {
    this.#intersections.push([schema, path]);
  }

  #writeInPlace(schema: $ZodType, path: string): Schema {
    const { type, mode } = schema._zod.def as { type: string; mode?: string };
    this.converts ||= CONVERTING.has(type) || overwrites(schema);
    this.takesAnything ||= type === "any" || type === "unknown" || (type === "record" && mode === "loose");
    const kind = (KINDS as Record<string, string | ((schema: never, path: string, walk: Walk) => Schema)>)[
      type
    ];
    if (kind === undefined) {
      return this.refuse(
        path,
        `schemas of the kind "${type}" are not known here; use another one, or a z.codec()`,
      );
    }
    if (typeof kind === "string") {
      return this.refuse(path, kind);
    }
    const annotations = annotationsOf(schema, this.#hasCodecs);
    const base = namedParentOf(schema);
    if (base === undefined || (CHECKED.has(type) && base._zod.def !== schema._zod.def)) {
      return annotate(kind(schema as never, path, this), annotations);
    }
    // A named schema with a description, or with a check that a data format cannot say.
    const inherited = annotationsOf(base, this.#hasCodecs);
    const own = Object.entries(annotations).filter(
      ([keyword, value]) => canonical(value) !== canonical(inherited[keyword]),
    );
    return annotate(this.write(base, path), Object.fromEntries(own));
  }

  #checkId(id: string): void {
    const problem = Object.hasOwn(this.definitions, id)
      ? `two different schemas are named "${id}" by .meta({ id }); give them different names`
      : checkDefinitionName(id);
    if (problem !== undefined) {
      this.refuse(this.#root, problem);
    }
  }

  /** Its place among the definitions, which are in the order of use. */
  #define(schema: $ZodType, name: string): string {
    this.#names.set(schema, name);
    this.definitions[name] = {};
    return name;
  }

  /** `name`, or with a number behind it if that is taken. */
  #freeName(name: string): string {
    let free = name;
    for (let i = 2; this.#ids.has(free) || Object.hasOwn(this.definitions, free); i++) {
      free = `${name}${i}`;
    }
    return free;
  }

  #orNull(schema: Schema, path: string): Schema {
    const [only, ...more] = asSchemas(schema["allOf"]);
    const name = nameInRef(schema) ?? (more.length === 0 ? nameInRef(only) : undefined);
    if (name !== undefined) {
      const { $ref: _, allOf: __, ...annotations } = schema;
      return annotate(refTo(this.#orNullOf(name, path)), annotations);
    }
    return orNull(schema) ?? this.refuse(path, NULLABLE_INTERSECTION);
  }

  #orNullOf(name: string, path: string): string {
    const known = [...this.#nullable].find(([base, { variant }]) => base === name || variant === name);
    if (known !== undefined) {
      return known[1].variant;
    }
    const variant = this.#freeName(`${name}OrNull`);
    this.#nullable.set(name, { variant, path });
    this.definitions[variant] = {};
    return variant;
  }

  /** In an intersection zod adds up which properties are allowed, `allOf` does not. */
  #checkClosed(schema: Schema, path: string): void {
    const parts = asSchemas(schema["allOf"]);
    if (parts.length > 1 && parts.some((part) => this.#isClosed(part))) {
      this.refuse(path, CLOSED_INTERSECTION);
    }
    for (const [name, property] of Object.entries(asSchema(schema["properties"]))) {
      this.#checkClosed(asSchema(property), path + memberStep(name));
    }
    if (schema["additionalProperties"] !== undefined) {
      this.#checkClosed(asSchema(schema["additionalProperties"]), `${path}.*`);
    }
  }

  /** Whether it forbids further properties. */
  #isClosed(schema: Schema, visited = new Set<Schema>()): boolean {
    if (visited.has(schema)) {
      return false;
    }
    visited.add(schema);
    const inner = asSchemas(schema["allOf"]);
    const name = nameInRef(schema);
    if (name !== undefined) {
      inner.push(this.definitions[name] ?? {});
    }
    return schema["additionalProperties"] === false || inner.some((each) => this.#isClosed(each, visited));
  }
}

const UNION =
  "a union is possible only of single values (z.enum, z.literal) or of different simple types; use one z.object() with optional properties, or an event of its own for each case";
const NULLABLE_INTERSECTION =
  "an intersection cannot be nullable in a data format; use one z.object() with the properties of both, for example with z.extend()";
const CLOSED_INTERSECTION =
  "an intersection with a strict object cannot be said in a data format; use one z.strictObject() with the properties of both, for example with z.extend()";

function asSchemas(value: unknown): Schema[] {
  return Array.isArray(value) ? value.map(asSchema) : [];
}

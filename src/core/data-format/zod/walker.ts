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
import { memberOf } from "../../validation/path.ts";
import { asSchema, canonical, type Schema } from "../json.ts";
import { checkDefinitionName, nameInRef, ROOT, refTo } from "../names.ts";
import { overwrites } from "./checks.ts";
import { asSchemas, mayTakeNull, orNull, unite } from "./combine.ts";
import { explainForeign } from "./foreign.ts";
import { KINDS } from "./kinds.ts";
import { allInside, annotate, annotationsOf, idOf, isSchema, namedParentOf } from "./metadata.ts";
import { NO_VALUE } from "./values.ts";
import type { Walk } from "./walk.ts";

const CONVERTING: ReadonlySet<string> = new Set(["pipe", "default", "prefault", "readonly"]);

/** Kinds that say nothing of their own, so that a recursion through them is one of what is inside. */
const TRANSPARENT: ReadonlySet<string> = new Set(["lazy", "optional", "nonoptional", "readonly", "pipe"]);

/** Kinds whose checks become keywords. */
const CHECKED: ReadonlySet<string> = new Set(["string", "number", "array"]);

/** What definitions have, depending on their kind. */
interface Details {
  readonly type: string;
  readonly mode?: string;
  readonly coerce?: boolean;
  readonly catchall?: $ZodType;
}

/** A definition that is wanted with null too. */
interface Variant {
  readonly name: string;
  /** Where it is wanted first. */
  readonly path: string;
}

export class Walker implements Walk {
  root: Schema = {};
  readonly definitions: Record<string, Schema> = {};
  readonly issues: MsbIssue[] = [];
  converts = false;
  needsWalk = false;
  isOpen = false;
  path: string;
  readonly #rootName: string;
  /** The names of the schemas that are definitions. */
  readonly #names = new Map<$ZodType, string>();
  /** The schemas that are being written: what leads back to one of them is a recursion. */
  readonly #open = new Set<$ZodType>();
  /** All names that the schemas have of their own. */
  #ids = new Set<string>();
  /** By the names of their definitions, and by their own: null once more changes nothing. */
  readonly #variants = new Map<string, Variant>();
  /** Intersections, and where they are. */
  readonly #intersections: [schema: Schema, path: string][] = [];

  constructor(root: string) {
    this.#rootName = root;
    this.path = root;
  }

  walk(schema: $ZodType): void {
    this.#ids = new Set([...allInside(schema)].flatMap((each) => idOf(each) ?? []));
    this.root = this.write(schema);
    // Grows while it runs: a variant may want further variants.
    for (const [base, { name, path }] of this.#variants) {
      if (base !== name) {
        this.path = path;
        this.definitions[name] = this.#orNull(asSchema(this.definitions[base]));
      }
    }
    for (const [intersection, path] of this.#intersections) {
      this.#checkClosed(intersection, path);
    }
    this.path = this.#rootName;
  }

  write(schema: $ZodType, path = this.path): Schema {
    if (!isSchema(schema)) {
      return this.refuse(explainForeign(schema), path);
    }
    if (this.#open.has(schema)) {
      this.needsWalk = true;
      if (!this.#names.has(schema)) {
        const isWhole = this.#rootName === ROOT;
        this.#define(schema, this.#freeName(isWhole ? "Recursive" : `${this.#rootName}Recursive`));
      }
    }
    const known = this.#names.get(schema);
    if (known !== undefined) {
      return refTo(known);
    }
    const id = idOf(schema);
    if (id !== undefined) {
      this.#checkId(id);
      this.#define(schema, id);
    }
    if (id !== undefined || !TRANSPARENT.has(schema._zod.def.type)) {
      this.#open.add(schema);
    }
    const outside = this.path;
    this.path = path;
    const written = this.#writeInPlace(schema);
    this.path = outside;
    this.#open.delete(schema);
    const name = this.#names.get(schema);
    if (name === undefined) {
      return written;
    }
    this.definitions[name] = written;
    return refTo(name);
  }

  refuse(message: string, path = this.path): Schema {
    if (!this.issues.some((issue) => issue.path === path && issue.message === message)) {
      this.issues.push({ path, message });
    }
    return {};
  }

  unite(alternatives: readonly Schema[], isExclusive = false): Schema {
    if (alternatives.length === 0) {
      return this.refuse(NO_VALUE);
    }
    const values = alternatives.filter(({ type }) => type !== "null");
    const isAmbiguous = isExclusive && alternatives.filter(mayTakeNull).length > 1;
    const united = isAmbiguous ? undefined : unite(values, isExclusive);
    if (united === undefined) {
      return this.refuse(UNION);
    }
    return values.length < alternatives.length ? this.#orNull(united) : united;
  }

  checkIntersection(schema: Schema): Schema {
    this.#intersections.push([schema, this.path]);
    return schema;
  }

  #writeInPlace(schema: $ZodType): Schema {
    const { def } = schema._zod;
    const { type, mode, coerce, catchall } = def as Details;
    const takesAnything = type === "any" || type === "unknown";
    this.converts ||= CONVERTING.has(type) || overwrites(schema);
    this.needsWalk ||= takesAnything || (type === "record" && mode === "loose");
    this.isOpen ||= takesAnything || (catchall !== undefined && catchall._zod.def.type !== "never");
    const kind = (KINDS as Record<string, string | ((def: never, walk: Walk, schema: never) => Schema)>)[
      type
    ];
    if (typeof kind !== "function") {
      return this.refuse(
        kind ?? `schemas of the kind "${type}" are not known here; use another one, or a z.codec()`,
      );
    }
    if (coerce === true) {
      return this.refuse(COERCE);
    }
    const annotations = annotationsOf(schema);
    const base = namedParentOf(schema);
    if (base === undefined || (CHECKED.has(type) && base._zod.def !== def)) {
      return annotate(kind(def as never, this, schema as never), annotations);
    }
    // A named schema with a description, or with a check that a data format cannot say.
    const inherited = annotationsOf(base);
    const own = Object.entries(annotations).filter(
      ([keyword, value]) => canonical(value) !== canonical(inherited[keyword]),
    );
    return annotate(this.write(base), Object.fromEntries(own));
  }

  #checkId(id: string): void {
    const problem = Object.hasOwn(this.definitions, id)
      ? `two different schemas are named "${id}" by .meta({ id }); give them different names`
      : checkDefinitionName(id);
    if (problem !== undefined) {
      this.refuse(problem, this.#rootName);
    }
  }

  /** Its place among the definitions, which are in the order of use. */
  #define(schema: $ZodType, name: string): void {
    this.#names.set(schema, name);
    this.definitions[name] = {};
  }

  /** `name`, or with a number behind it if that is taken. */
  #freeName(name: string): string {
    let free = name;
    for (let i = 2; this.#ids.has(free) || Object.hasOwn(this.definitions, free); i++) {
      free = `${name}${i}`;
    }
    return free;
  }

  #orNull(schema: Schema): Schema {
    const { $ref: _, allOf, ...annotations } = schema;
    const members = asSchemas(allOf);
    const name = nameInRef(schema) ?? (members.length === 1 ? nameInRef(members[0]) : undefined);
    return name === undefined
      ? (orNull(schema) ?? this.refuse(NULLABLE_INTERSECTION))
      : annotate(refTo(this.#variantOf(name)), annotations);
  }

  #variantOf(name: string): string {
    let variant = this.#variants.get(name);
    if (variant === undefined) {
      variant = { name: this.#freeName(`${name}OrNull`), path: this.path };
      this.#variants.set(name, variant).set(variant.name, variant);
      this.definitions[variant.name] = {};
    }
    return variant.name;
  }

  /** In an intersection zod adds up which properties are allowed, `allOf` does not. */
  #checkClosed(schema: Schema, path: string): void {
    const parts = asSchemas(schema["allOf"]);
    if (parts.length > 1 && parts.some((part) => this.#isClosed(part))) {
      this.refuse(CLOSED_INTERSECTION, path);
    }
    for (const [name, property] of Object.entries(asSchema(schema["properties"]))) {
      this.#checkClosed(asSchema(property), memberOf(path, name));
    }
    const others = schema["additionalProperties"];
    if (others !== undefined) {
      this.#checkClosed(asSchema(others), `${path}.*`);
    }
  }

  /** Whether it forbids further properties. */
  #isClosed(schema: Schema): boolean {
    // Grows while it runs.
    const parts = new Set([schema]);
    for (const part of parts) {
      const name = nameInRef(part);
      const inside = name === undefined ? [] : [asSchema(this.definitions[name])];
      for (const each of [...asSchemas(part["allOf"]), ...inside]) {
        parts.add(each);
      }
    }
    return [...parts].some(({ additionalProperties }) => additionalProperties === false);
  }
}

const COERCE =
  "z.coerce takes more than a data format can say; use the schema without coerce, or a z.codec()";
const UNION =
  "a union is possible only of single values (z.enum, z.literal) or of different simple types; use one z.object() with optional properties, or an event of its own for each case";
const NULLABLE_INTERSECTION =
  "an intersection cannot be nullable in a data format; use one z.object() with the properties of both, for example with z.extend()";
const CLOSED_INTERSECTION =
  "an intersection with a strict object cannot be said in a data format; use one z.strictObject() with the properties of both, for example with z.extend()";

import { checkDataFormatJson } from "../../../core/data-format/index.ts";
import { asSchema, canonical, type Schema } from "../../../core/data-format/json.ts";
import { KEYWORDS } from "../../../core/data-format/keywords.ts";
import { checkKey, checkName, nameInRef, REF_PREFIX, ROOT } from "../../../core/data-format/names.ts";
import { memberOf } from "../../../core/validation/path.ts";
import type { MsbIssue } from "../../../support/errors.ts";
import { isRecord } from "../../../support/is-record.ts";
import { normalSchema } from "./normal-form.ts";
import { repair, type Schemas } from "./repair.ts";

/** A data format, as a contract can have it: normalised, and with no more definitions than it refers to. */
export interface Format {
  readonly root: Schema;
  readonly definitions: Schemas;
}

/** What a function takes: nothing, a payload, or named parameters. */
export type Payload =
  | { readonly kind: "none" }
  | { readonly kind: "payload"; readonly format: Format }
  | { readonly kind: "parameters"; readonly formats: ReadonlyMap<string, Format> };

const NO_PAYLOAD: Payload = { kind: "none" };

/** The definitions of a whole self-description, for formats that lack what they refer to. */
export class Pool {
  readonly #schemas = new Map<string, Schema | undefined>();

  add(format: unknown): void {
    for (const [name, schema] of Object.entries(asSchemas(format))) {
      const known = this.#schemas.get(name);
      const isSame =
        !this.#schemas.has(name) || (known !== undefined && canonical(known) === canonical(schema));
      this.#schemas.set(name, isSame ? schema : undefined);
    }
  }

  /** The only definition of that name; `undefined` if there is none, or several that differ. */
  find(name: string): Schema | undefined {
    return name === ROOT || checkKey(name) !== undefined ? undefined : this.#schemas.get(name);
  }
}

/** Reads the data format of an event or a function. What cannot be in a contract is told to `notes`. */
export function readFormat(given: unknown, pool: Pool, notes: MsbIssue[]): Payload {
  if (!isRecord(given) || Object.keys(given).length === 0) {
    if (given !== undefined && given !== null && !isRecord(given)) {
      notes.push({ path: "dataFormat", message: "is not an object: taken as no payload" });
    }
    return NO_PAYLOAD;
  }
  const schemas = completed(isBareSchema(given) ? { [ROOT]: given as Schema } : asSchemas(given), pool);
  const knows = (name: string): boolean => Object.hasOwn(schemas, name);
  const good = mapped(schemas, (schema, name) => repair(schema, memberOf("dataFormat", name), knows, notes));
  const roots = rootsOf(good);
  const said = { ...reachable(pick(good, roots), good), ...pick(good, roots) };
  const issues = checkDataFormatJson(said, { roots: "any", areNamesUsable: true });
  if (issues.length > 0) {
    notes.push(
      ...issues.map(({ path, message }) => ({
        path: `dataFormat.${path}`,
        message: `${message}. The whole is taken as any value`,
      })),
    );
    return { kind: "payload", format: { root: {}, definitions: {} } };
  }
  noteOthers(good, said, notes);
  return split(mapped(said, normalSchema), roots, notes);
}

function pick(schemas: Schemas, names: readonly string[]): Schemas {
  return Object.fromEntries(Object.entries(schemas).filter(([name]) => names.includes(name)));
}

function mapped(schemas: Schemas, change: (schema: Schema, name: string) => Schema): Schemas {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, change(schema, name)]));
}

/** One schema instead of named ones. */
function isBareSchema(value: Readonly<Record<string, unknown>>): boolean {
  return (
    !Object.hasOwn(value, ROOT) &&
    Object.keys(value).some((key) => Object.hasOwn(KEYWORDS, key) && !isRecord(value[key]))
  );
}

function asSchemas(format: unknown): Record<string, Schema> {
  const entries = Object.entries(isRecord(format) ? format : {});
  return Object.fromEntries(entries.map(([name, schema]) => [name, asSchema(schema)]));
}

/** With the definitions that it refers to and lacks, as far as the rest of the self-description has them. */
function completed(schemas: Schemas, pool: Pool): Schemas {
  const all: Record<string, Schema> = { ...schemas };
  // Grows while it runs.
  const names = Object.keys(schemas);
  for (const name of names) {
    for (const wanted of referencesIn(all[name])) {
      const found = Object.hasOwn(all, wanted) ? undefined : pool.find(wanted);
      if (found !== undefined) {
        all[wanted] = found;
        names.push(wanted);
      }
    }
  }
  return all;
}

/** The names that a schema refers to. */
export function referencesIn(schema: unknown): Set<string> {
  const names = new Set<string>();
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) {
      part.forEach(visit);
    } else if (isRecord(part)) {
      const name = nameInRef(part as Schema);
      if (name !== undefined) {
        names.add(name);
      }
      Object.values(part).forEach(visit);
    }
  };
  visit(schema);
  return names;
}

/** Those of the schemas to which a way leads. */
export function reachable(root: unknown, schemas: Schemas): Record<string, Schema> {
  const names = [...referencesIn(root)];
  const found = new Set<string>();
  for (const name of names) {
    if (!found.has(name) && Object.hasOwn(schemas, name)) {
      found.add(name);
      names.push(...referencesIn(schemas[name]));
    }
  }
  // In the order in which they stand there.
  return Object.fromEntries(Object.entries(schemas).filter(([name]) => found.has(name)));
}

function split(schemas: Schemas, roots: readonly string[], notes: MsbIssue[]): Payload {
  if (roots.length === 1 && roots[0] === ROOT) {
    return { kind: "payload", format: formatOf(ROOT, schemas) };
  }
  const formats = new Map<string, Format>();
  for (const name of roots) {
    const problem = problemOf(name, schemas);
    if (problem === undefined) {
      formats.set(name, formatOf(name, schemas));
    } else {
      notes.push({ path: `dataFormat[${JSON.stringify(name)}]`, message: `${problem}: left out` });
    }
  }
  return { kind: "parameters", formats };
}

function problemOf(name: string, schemas: Schemas): string | undefined {
  const isReferredTo = Object.values(schemas).some((schema) => referencesIn(schema).has(name));
  return isReferredTo ? "a parameter cannot refer to parameters" : checkName(name);
}

function formatOf(name: string, schemas: Schemas): Format {
  const { [name]: root = {}, ...others } = schemas;
  const isRecursive = JSON.stringify(schemas).includes(JSON.stringify(REF_PREFIX + name));
  return { root, definitions: reachable(root, isRecursive ? schemas : others) };
}

/** The names of what is no definition: `dataObject`, or else the named parameters of a function. */
function rootsOf(schemas: Schemas): string[] {
  const names = Object.keys(schemas);
  const isRoot = (name: string): boolean =>
    !names.some((each) => each !== name && referencesIn(schemas[each]).has(name));
  const free = Object.hasOwn(schemas, ROOT) ? [ROOT] : names.filter(isRoot);
  return free.length === 0 ? names : free;
}

/** A root beside `dataObject` is none. The official Python client leaves definitions there, which are objects. */
function noteOthers(schemas: Schemas, said: Schemas, notes: MsbIssue[]): void {
  for (const [name, { type }] of Object.entries(schemas)) {
    if (!Object.hasOwn(said, name) && type !== "object") {
      notes.push({ path: memberOf("dataFormat", name), message: "nothing refers to it: left out" });
    }
  }
}

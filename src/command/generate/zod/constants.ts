import * as z from "zod/v4";
import type { Json } from "../../../core/data-format/index.ts";
import { asSchema, canonical, type Schema } from "../../../core/data-format/json.ts";
import { checkDefinitionName } from "../../../core/data-format/names.ts";
import { describeError } from "../../../support/errors.ts";
import { type Format, reachable, referencesIn } from "../description/formats.ts";
import type { Schemas } from "../description/repair.ts";
import type { Names } from "../source/names.ts";
import { type Code, type Definition, json, method, schemaOf } from "./code.ts";
import { findDifference } from "./difference.ts";
import { codeOfSchema, type Place } from "./of-schema.ts";
import { Unsayable } from "./unsayable.ts";

/** A definition of data formats that is a constant in the file. Formats that define the same share one. */
export class Constant implements Definition {
  /** Given when it is used first, so that those that are not used take no name. */
  constant = "";
  readonly name: string;
  readonly description: string;
  /** The constants that it refers to, by the names of their definitions. */
  readonly inside = new Map<string, Constant>();
  /** Behind all that it refers to, but for those that refer to it. */
  order = 0;
  readonly #schema: Schema;
  #code: Code | undefined;
  #made: z.ZodType | undefined;

  constructor(name: string, schema: Schema) {
    this.name = name;
    this.#schema = schema;
    this.description = typeof schema["description"] === "string" ? schema["description"] : "";
  }

  /** @throws {Unsayable} */
  get code(): Code {
    this.#code ??= this.#write();
    return this.#code;
  }

  readonly schema = (): z.ZodType => {
    this.#made ??= this.#make();
    return this.#made;
  };

  /** Takes the name back that zod keeps for the whole process. */
  forget(): void {
    if (this.#made !== undefined) {
      z.globalRegistry.remove(this.#made);
    }
  }

  #make(): z.ZodType {
    const { code } = this;
    try {
      return schemaOf(code);
    } catch (error) {
      if (!describeError(error).includes("already exists in the registry")) {
        throw error;
      }
      // Before zod 4.3 a program that had both would not start.
      throw new Unsayable(this.name, "zod knows another schema of this name already");
    }
  }

  #write(): Code {
    const problem = checkDefinitionName(this.name);
    if (problem !== undefined) {
      throw new Unsayable(this.name, problem);
    }
    const { title, description, example, ...said } = this.#schema;
    const given = Object.entries({ title, description, example }).filter(([, value]) => value !== undefined);
    const code = codeOfSchema(said, this.name, placeOf(this.inside, this.order));
    return method(code, "meta", json(Object.fromEntries([["id", this.name], ...given]) as Json));
  }
}

/** The constants of one file. */
export class Constants {
  readonly #names: Names;
  readonly #known = new Map<string, Constant>();
  readonly #used = new Set<Constant>();
  #complete = 0;
  #isUsed = false;

  constructor(names: Names) {
    this.#names = names;
  }

  /**
   * The code of a data format, whose constants are used from now on.
   * @param root what the root is called: `dataObject`, or the name of a parameter
   * @throws {Unsayable} if zod does not say the same
   */
  codeOf(format: Format, root: string): Code {
    const constants = new Map<string, Constant>();
    for (const name of definedIn(format.definitions, format.root)) {
      constants.set(name, this.#find(name, format.definitions));
    }
    const all = everything(constants.values());
    for (const constant of all) {
      constant.schema();
    }
    const code = codeOfSchema(format.root, root, placeOf(constants, Number.POSITIVE_INFINITY));
    const difference = findDifference(schemaOf(code), format, root);
    if (difference !== undefined) {
      throw new Unsayable(difference.path, difference.message);
    }
    this.#isUsed = true;
    for (const constant of all) {
      if (!this.#used.has(constant)) {
        constant.constant = this.#names.type(constant.name);
        this.#used.add(constant);
      }
    }
    return code;
  }

  /** Those that are used, in an order in which they can be declared. */
  get used(): readonly Constant[] {
    return [...this.#used].sort((a, b) => a.order - b.order);
  }

  /** Whether anything is written in zod. */
  get isUsed(): boolean {
    return this.#isUsed;
  }

  forget(): void {
    for (const constant of this.#known.values()) {
      constant.forget();
    }
  }

  #find(name: string, definitions: Schemas): Constant {
    const schema = asSchema(definitions[name]);
    const key = `${name} ${canonical({ ...reachable(schema, definitions), [name]: schema })}`;
    const known = this.#known.get(key);
    if (known !== undefined) {
      return known;
    }
    const constant = new Constant(name, schema);
    this.#known.set(key, constant);
    for (const each of definedIn(definitions, schema)) {
      constant.inside.set(each, this.#find(each, definitions));
    }
    // Counts those that are complete: what is begun has none yet.
    this.#complete += 1;
    constant.order = this.#complete;
    return constant;
  }
}

/** The definitions that a schema refers to; what looks like a reference in an example is none. */
function definedIn(definitions: Schemas, schema: Schema): string[] {
  return [...referencesIn(schema)].filter((name) => Object.hasOwn(definitions, name));
}

function placeOf(constants: ReadonlyMap<string, Constant>, order: number): Place {
  return {
    getter: "impossible",
    find: (name) => {
      const definition = constants.get(name) as Constant;
      return { definition, isLater: definition.order >= order };
    },
  };
}

/** With all that they refer to. */
function everything(constants: Iterable<Constant>): Set<Constant> {
  const all = new Set(constants);
  for (const { inside } of all) {
    for (const constant of inside.values()) {
      all.add(constant);
    }
  }
  return all;
}

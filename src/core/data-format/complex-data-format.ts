import { MsbDefinitionError } from "../../support/errors.ts";
import { DATA_TYPE_NAMES, type DataTypeName, findDataType, schemaOfDataType } from "./data-type.ts";
import type { Schema } from "./json.ts";
import { checkDefinitionName, checkKey, refTo } from "./names.ts";

interface Property {
  readonly type: ComplexDataFormat | Schema;
  readonly isArray: boolean;
}

/**
 * A named object type, built property by property as in the other clients. All its properties are optional, and further ones
 * are allowed, because that is what the other clients declare. Can contain itself and be used in any number of formats.
 *
 * @example
 * const module = new ComplexDataFormat("MyModule").addProperty("moduleName", DataType.STRING);
 * const device = new ComplexDataFormat("MyDevice").addProperty("submodules", module, true);
 */
export class ComplexDataFormat {
  readonly name: string;
  readonly #properties = new Map<string, Property>();

  /** @throws {MsbDefinitionError} if the name cannot be used */
  constructor(name: string) {
    const problem = checkDefinitionName(name);
    if (problem !== undefined) {
      throw new MsbDefinitionError("ComplexDataFormat", [{ path: "name", message: problem }]);
    }
    this.name = name;
  }

  /**
   * Adds a property. Events and functions that were added before do not get it.
   * @param type a simple type, or another `ComplexDataFormat`
   * @throws {MsbDefinitionError} if the name is empty or taken, the type unknown, or another format of the same name is inside
   * @example
   * const hole = new ComplexDataFormat("Hole").addProperty("depth", DataType.DOUBLE);
   * const plate = new ComplexDataFormat("Plate").addProperty("holes", hole, true); // an array of holes
   */
  addProperty(name: string, type: DataTypeName | ComplexDataFormat | (string & {}), isArray = false): this {
    const fail = (message: string): never => {
      throw new MsbDefinitionError(`ComplexDataFormat "${this.name}"`, [{ path: String(name), message }]);
    };
    if (typeof name !== "string" || name === "") {
      fail("the name of a property must be a string that is not empty");
    }
    const problem = checkKey(name);
    if (problem !== undefined) {
      fail(problem);
    }
    if (this.#properties.has(name)) {
      fail(`the property "${name}" was already added`);
    }

    const dataType = findDataType(type);
    if (type instanceof ComplexDataFormat) {
      const clash = findClash([...this.#reachable(), ...type.#reachable()]);
      if (clash !== undefined) {
        fail(describeClash(clash));
      }
      this.#properties.set(name, { type, isArray });
    } else if (dataType !== undefined) {
      this.#properties.set(name, { type: schemaOfDataType(dataType), isArray });
    } else {
      fail(
        `unknown type ${typeof type === "string" ? `"${type}"` : String(type)}; use one of ${DATA_TYPE_NAMES}, or a ComplexDataFormat`,
      );
    }
    return this;
  }

  /**
   * The schemas of this format and of all inside it, by name, this one first.
   * @throws {MsbDefinitionError} if two different formats have the same name
   * @example
   * console.log(new ComplexDataFormat("Hole").addProperty("depth", "double").toDefinitions());
   * // { Hole: { type: "object", properties: { depth: { type: "number", format: "double" } } } }
   */
  toDefinitions(): Record<string, Schema> {
    const formats = [...this.#reachable()];
    const clash = findClash(formats);
    if (clash !== undefined) {
      throw new MsbDefinitionError(`ComplexDataFormat "${this.name}"`, [
        { path: clash, message: describeClash(clash) },
      ]);
    }
    return Object.fromEntries(formats.map((format) => [format.name, format.#toSchema()]));
  }

  #toSchema(): Schema {
    const properties: Schema = {};
    for (const [name, { type, isArray }] of this.#properties) {
      const schema = type instanceof ComplexDataFormat ? refTo(type.name) : { ...type };
      properties[name] = isArray ? { type: "array", items: schema } : schema;
    }
    return { type: "object", properties };
  }

  /** This format and all inside it. */
  #reachable(found = new Set<ComplexDataFormat>()): Set<ComplexDataFormat> {
    if (!found.has(this)) {
      found.add(this);
      for (const { type } of this.#properties.values()) {
        if (type instanceof ComplexDataFormat) {
          type.#reachable(found);
        }
      }
    }
    return found;
  }
}

function findClash(formats: readonly ComplexDataFormat[]): string | undefined {
  const byName = new Map<string, ComplexDataFormat>();
  for (const format of formats) {
    if ((byName.get(format.name) ?? format) !== format) {
      return format.name;
    }
    byName.set(format.name, format);
  }
  return undefined;
}

function describeClash(name: string): string {
  return `two different ComplexDataFormats are named "${name}"; use one of them for both, or give them different names`;
}

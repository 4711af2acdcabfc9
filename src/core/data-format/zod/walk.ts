import type { $ZodType, $ZodTypes } from "zod/v4/core";
import type { Schema } from "../json.ts";

/** What a kind needs of the walker. */
export interface Walk {
  /** Where the schema is that is being written, for error messages. */
  readonly path: string;
  /** The schema of a part, which may have a path of its own. */
  write(schema: $ZodType, path?: string): Schema;
  /** Notes why something cannot be said. The result takes anything, so that the rest can be looked at, too. */
  refuse(message: string, path?: string): Schema;
  /** A schema that takes what one of the alternatives takes. */
  unite(alternatives: readonly Schema[], isExclusive?: boolean): Schema;
  /** Refuses an intersection of closed objects, once all definitions are there. */
  checkIntersection(schema: Schema): Schema;
}

/** The name of a kind of zod schema. */
export type Type = $ZodTypes["_zod"]["def"]["type"];

export type SchemaOf<T extends Type> = Extract<$ZodTypes, { _zod: { def: { type: T } } }>;

/** Writes the schemas of one kind, by their definitions. */
export type Writer<T extends Type> = (
  def: SchemaOf<T>["_zod"]["def"],
  walk: Walk,
  schema: SchemaOf<T>,
) => Schema;

import type { $ZodType, $ZodTypes } from "zod/v4/core";
import type { Schema } from "../json.ts";

/** What a kind needs of the walker. Paths are for error messages. */
export interface Walk {
  /** The schema of a part. */
  write(schema: $ZodType, path: string): Schema;
  /** Notes why something cannot be said. The result takes anything, so that the rest can be looked at, too. */
  refuse(path: string, message: string): Schema;
  /** A schema that takes what one of the alternatives takes. */
  unite(alternatives: readonly Schema[], isExclusive: boolean, path: string): Schema;
  /** Refuses an intersection of closed objects, once all definitions are there. */
  checkIntersection(schema: Schema, path: string): void;
}

/** The name of a kind of zod schema. */
export type Type = $ZodTypes["_zod"]["def"]["type"];

export type SchemaOf<T extends Type> = Extract<$ZodTypes, { _zod: { def: { type: T } } }>;

/** Writes the schemas of one kind. */
export type Writer<T extends Type> = (schema: SchemaOf<T>, path: string, walk: Walk) => Schema;

import type { $ZodType, output } from "zod/v4/core";
import type { ComplexDataFormat } from "./complex-data-format.ts";
import type { DataTypeName, ValueOfDataType } from "./data-type.ts";
import type { Json } from "./json.ts";

export interface DecodeOptions {
  readonly validate: boolean;
  readonly hasPrototypeKey?: boolean;
}

/** The data format as it stands in the self-description: named schemas, the root under `dataObject`. */
export type DataFormatJson = { readonly [name: string]: Json };

/**
 * Every way to say what a payload looks like:
 * a zod schema, a simple type (`DataType.INT32` or `"int32"`), a `ComplexDataFormat`, the MSB's own JSON (an object with
 * `dataObject`, or a JSON string of one or of a bare schema), or `null` for no payload.
 */
export type DataFormatDefinition =
  | $ZodType
  | DataTypeName
  | ComplexDataFormat
  | DataFormatJson
  // Any string; editors then still propose the names.
  | (string & {})
  | null;

/**
 * `D` itself, unless it is the literal of a string that is neither a simple type nor JSON: then what it could be, so that the
 * compiler says so. For the parameters of functions that infer `D`: `dataFormat: ValidDataFormat<D>`.
 */
export type ValidDataFormat<D> = D extends string
  ? IsLiteral<D> extends false
    ? D
    : Lowercase<D> extends DataTypeName
      ? D
      : StartsAsJson<D> extends true
        ? D
        : DataTypeName
  : D;

/** {@link ValidDataFormat} of several, by name. */
export type ValidDataFormats<P> = { [Name in keyof P]: ValidDataFormat<P[Name]> };

/** Whether the compiler knows every letter of it. */
export type IsLiteral<Text extends string> =
  Record<never, never> extends Record<Text, unknown> ? false : true;

/** Whether it is a data format that is given as a string of JSON. */
export type StartsAsJson<Text extends string> = Text extends `{${string}`
  ? true
  : Text extends `${" " | "\n" | "\t" | "\r"}${infer Rest}`
    ? StartsAsJson<Rest>
    : false;

/** The TypeScript type of a payload that is defined by `D`: inferred from zod schemas and simple types. */
export type ValueOf<D> = D extends $ZodType
  ? output<D>
  : D extends string
    ? Lowercase<D> extends DataTypeName
      ? ValueOfDataType<Lowercase<D>>
      : // biome-ignore lint/suspicious/noExplicitAny: formats given as JSON have no static type
        any
    : D extends null | undefined
      ? undefined
      : // biome-ignore lint/suspicious/noExplicitAny: as above
        any;

/** The type of a payload that is defined by `D`, and is an array of it if `isArray` is `true`. */
export type PayloadOf<D, IsArray = false> = [IsArray] extends [true] ? ValueOf<D>[] : ValueOf<D>;

/** The type of the parameters of a function, by name. */
export type ParametersOf<P> = { -readonly [Name in keyof P]: ValueOf<P[Name]> };

/** A data format, ready for use: what goes into the self-description, and the check of values against it. */
export interface DataFormat {
  /** What stands in the self-description; `undefined` for no payload. */
  readonly json: DataFormatJson | undefined;
  /**
   * The value as it goes on the wire (a JSON value; `undefined` for no payload).
   * `validate: false` skips the check, but not the conversion of a zod codec.
   * @throws {import("../../support/errors.ts").MsbValueError} listing path and reason of everything that does not fit.
   */
  encode(value: unknown, options: { validate: boolean }): Json | undefined;
  /**
   * The value from the wire as a handler gets it. Errors and `validate` as with {@link encode}.
   * @param options.hasPrototypeKey `false` if it is known to have no member called `__proto__`; otherwise these are looked for.
   */
  decode(wire: unknown, options: DecodeOptions): unknown;
}

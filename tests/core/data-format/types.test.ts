import { expectTypeOf, test } from "vitest";
import * as z from "zod";
import * as mini from "zod/mini";
import {
  ComplexDataFormat,
  type DataFormatDefinition,
  DataType,
  type DataTypeName,
  type ParametersOf,
  type PayloadOf,
  type ValueOf,
} from "../../../src/core/data-format/index.ts";

/** How an event or function takes its format: the type of the payload follows from both arguments. */
declare function publish<const D extends DataFormatDefinition, const A extends boolean = false>(
  format: D,
  isArray?: A,
): (value: PayloadOf<D, A>) => void;

test("simple types", () => {
  expectTypeOf<ValueOf<typeof DataType.INT32>>().toEqualTypeOf<number>();
  expectTypeOf<ValueOf<"integer" | "float">>().toEqualTypeOf<number>();
  expectTypeOf<ValueOf<"boolean">>().toEqualTypeOf<boolean>();
  expectTypeOf<ValueOf<"date-time">>().toEqualTypeOf<string>();
  expectTypeOf<ValueOf<"byte">>().toEqualTypeOf<string>();
  expectTypeOf<ValueOf<null>>().toEqualTypeOf<undefined>();
  expectTypeOf<"int16">().not.toExtend<DataTypeName>();
});

test("zod and zod/mini", () => {
  const schema = z.object({ a: z.int32(), b: z.string().optional() });
  expectTypeOf<ValueOf<typeof schema>>().toEqualTypeOf<{ a: number; b?: string | undefined }>();
  const small = mini.object({ a: mini.int32() });
  expectTypeOf<ValueOf<typeof small>>().toEqualTypeOf<{ a: number }>();
  const at = () =>
    z.codec(z.iso.datetime(), z.date(), {
      decode: (text) => new Date(text),
      encode: (date) => date.toISOString(),
    });
  expectTypeOf<ValueOf<ReturnType<typeof at>>>().toEqualTypeOf<Date>();
});

test("arrays and parameters", () => {
  expectTypeOf<PayloadOf<"int32", true>>().toEqualTypeOf<number[]>();
  expectTypeOf<PayloadOf<"int32", false>>().toEqualTypeOf<number>();
  expectTypeOf<PayloadOf<"int32">>().toEqualTypeOf<number>();
  expectTypeOf<ParametersOf<{ speed: "int32"; name: z.ZodString }>>().toEqualTypeOf<{
    speed: number;
    name: string;
  }>();
});

test("formats without a static type", () => {
  expectTypeOf<ValueOf<ComplexDataFormat>>().toBeAny();
  expectTypeOf<ValueOf<string>>().toBeAny();
  expectTypeOf<ValueOf<{ dataObject: { type: "string" } }>>().toBeAny();
});

test("what compiles and what does not", () => {
  const never = () => {
    publish("int32")(5);
    publish(DataType.STRING, true)(["a"]);
    publish(z.object({ a: z.int32() }))({ a: 1 });
    publish(new ComplexDataFormat("A"))({ whatever: 1 });
    publish({ dataObject: { type: "string" } })("a");
    publish(null)(undefined);
    // @ts-expect-error a text for a number
    publish("int32")("5");
    // @ts-expect-error one value for an array
    publish(DataType.STRING, true)("a");
    // @ts-expect-error a property is missing
    publish(z.object({ a: z.int32() }))({});
    // @ts-expect-error a value where there is no payload
    publish(null)(5);
    // @ts-expect-error not a data format
    publish(5);
    // @ts-expect-error a property without a type
    new ComplexDataFormat("A").addProperty("a");
  };
  expectTypeOf(never).toBeFunction();
});

import { get } from "@hyperjump/json-pointer";
import { describeError } from "../../errors.ts";

/** Reads one place of a value; `undefined` where there is no such place. */
export type Read = (value: unknown) => unknown;

/**
 * Compiles a JSON pointer. Only own properties are found, so that `/constructor` or `/__proto__` lead nowhere unless the
 * value brings them as data.
 * @throws {Error} saying what is wrong with the pointer.
 */
export function compilePointer(pointer: string): Read {
  let read: (value: never) => unknown;
  try {
    read = get(pointer);
  } catch (error) {
    throw new Error(
      `${JSON.stringify(pointer)} is not a JSON pointer such as /dataObject/name: ${describeError(error)}`,
    );
  }
  return (value) => {
    try {
      return read(value as never);
    } catch {
      // The library throws where the way leads through a text, a number or nothing.
      return undefined;
    }
  };
}

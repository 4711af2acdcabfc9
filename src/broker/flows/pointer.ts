import { pointerSegments } from "@hyperjump/json-pointer";
import { describeError } from "../../support/errors.ts";

/** An event of which parts are read. */
interface ReadableEvent {
  /** The JSON at the end of the path; `undefined` if there is nothing. */
  read(path: readonly string[]): string | undefined;
}

/** Makes JSON of the events that a flow starts from; `undefined` if there is nothing. */
export type EventReader = (events: readonly ReadableEvent[]) => string | undefined;

/** The names that a JSON pointer is made of. @throws {Error} saying what is wrong with it. */
export function readPointer(pointer: string): string[] {
  try {
    return [...pointerSegments(pointer)];
  } catch (error) {
    throw new Error(
      `${JSON.stringify(pointer)} is not a JSON pointer such as /dataObject/name: ${describeError(error)}`,
    );
  }
}

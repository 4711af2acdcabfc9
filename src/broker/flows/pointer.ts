import { pointerSegments } from "@hyperjump/json-pointer";
import { describeError } from "../../support/errors.ts";
import type { FlowEvent } from "./flow-event.ts";

/** Makes JSON of the events that a flow starts from; `undefined` if there is nothing. */
export type EventReader = (events: readonly FlowEvent[]) => string | undefined;

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

import { joinPath } from "../issues.ts";
import { isObject, type JsonObject, type Kinds, kindsUnder } from "./document-kinds.ts";

/** A place of a flow document where an object stands, in full or as its `@id`. */
export interface Place {
  readonly value: unknown;
  readonly kinds: Kinds;
  /** For example `transitions[0].inputs[1]`. */
  readonly path: string;
  /** Whether only known names lead here. */
  readonly isKnown: boolean;
}

/**
 * All places of a document, from top to bottom. Objects are found below any name. Numbers count only where known names lead:
 * below others a number is just a number.
 */
export function* placesOf(document: JsonObject): Generator<Place> {
  // Without recursion, so that no document overflows the stack. The last one is the next.
  const waiting: Waiting[] = [{ value: document, kinds: undefined, path: "", isKnown: true }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, kinds, path, isKnown } = next;
    if (kinds !== undefined && (isObject(value) || (isKnown && value !== null))) {
      yield { value, kinds, path, isKnown };
    }
    for (const below of isObject(value) ? placesIn(value, next).reverse() : []) {
      waiting.push(below);
    }
  }
}

type Waiting = Omit<Place, "kinds"> & { readonly kinds: Kinds | undefined };

function placesIn(object: JsonObject, { path, kinds, isKnown }: Waiting): Waiting[] {
  return Object.entries(object).flatMap(([key, value]) => {
    const below = { kinds: kindsUnder(key), isKnown: isKnown && (path === "" || kinds !== undefined) };
    return Array.isArray(value)
      ? value.map((each: unknown, index) => ({ ...below, value: each, path: joinPath(path, [key, index]) }))
      : [{ ...below, value, path: joinPath(path, [key]) }];
  });
}

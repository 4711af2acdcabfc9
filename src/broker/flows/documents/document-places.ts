import { formatPath } from "../../../core/validation/path.ts";
import { isRecord } from "../../../support/is-record.ts";
import { type JsonObject, type Kinds, kindsUnder } from "./document-kinds.ts";

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
  // Without recursion, so that no document overflows the stack, and one at a time, so that whoever looks can end it.
  const open = [[{ value: document, kinds: undefined, path: "", isKnown: true } as Found].values()];
  for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
    const next = last.next();
    if (next.done) {
      open.pop();
      continue;
    }
    const { value, kinds, path, isKnown } = next.value;
    if (kinds !== undefined && (isRecord(value) || (isKnown && value !== null))) {
      yield { value, kinds, path, isKnown };
    }
    if (isRecord(value)) {
      open.push(placesIn(value, next.value));
    }
  }
}

type Found = Omit<Place, "kinds"> & { readonly kinds: Kinds | undefined };

function* placesIn(object: JsonObject, { path, kinds, isKnown }: Found): Generator<Found, undefined> {
  for (const [key, value] of Object.entries(object)) {
    const below = { kinds: kindsUnder(key), isKnown: isKnown && (path === "" || kinds !== undefined) };
    if (!Array.isArray(value)) {
      yield { ...below, value, path: formatPath(path, [key]) };
      continue;
    }
    for (const [index, each] of value.entries()) {
      if (below.kinds !== undefined || isRecord(each)) {
        yield { ...below, value: each, path: formatPath(path, [key, index]) };
      }
    }
  }
}

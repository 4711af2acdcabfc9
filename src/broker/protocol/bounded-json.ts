import { endOfString } from "../support/json-string.ts";
import { MAX_DEPTH } from "../support/limits.ts";

const QUOTE = 0x22;

/** JSON that is not read, because what handles it would overflow the stack, or take too long. */
export class TooComplex extends Error {}

/** What makes JSON too complex. */
export interface JsonBounds {
  /** How deep objects and arrays may stand inside one another. @default MAX_DEPTH */
  readonly depth?: number;
  /** How many objects and arrays there may be. @default any number */
  readonly containers?: number;
}

/**
 * Reads JSON that comes from outside.
 * @throws {TooComplex}, or {SyntaxError} saying why it cannot be read.
 */
export function parseBoundedJson(json: string, bounds?: JsonBounds): unknown {
  const excess = findExcess(json, bounds);
  if (excess !== undefined) {
    throw new TooComplex(excess);
  }
  return JSON.parse(json);
}

/** Why JSON is too complex. Looks at the characters only, so that nothing is made of it. */
export function findExcess(json: string, bounds: JsonBounds = {}): string | undefined {
  const { depth: maxDepth = MAX_DEPTH, containers: maxContainers = Number.POSITIVE_INFINITY } = bounds;
  let depth = 0;
  let containers = 0;
  for (let at = 0; at < json.length; at += 1) {
    switch (json.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(json, at) - 1;
        break;
      case 0x5b: // [
      case 0x7b: // {
        depth += 1;
        containers += 1;
        if (depth > maxDepth) {
          return `nested more than ${maxDepth} deep`;
        }
        if (containers > maxContainers) {
          return `more than ${maxContainers} objects and arrays`;
        }
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth -= 1;
    }
  }
  return undefined;
}

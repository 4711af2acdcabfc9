import { endOfString } from "../support/json-string.ts";

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Where the members of an object, or the items of an array, stand in its JSON. */
interface Members {
  readonly starts: number[];
  readonly ends: number[];
  /** The positions of an object's members in the two arrays; of those with the same name the last counts, as with `JSON.parse`. */
  readonly names: Map<string, number> | undefined;
}

/**
 * JSON that is kept as a string, because a number that is parsed and written again is not always the same: `9007199254740993`
 * becomes `…992`, `1.0` becomes `1`. What is found in it is a slice of it. It has to be known to be right.
 */
export class JsonSlice {
  readonly json: string;
  #members: Members | undefined;
  readonly #children = new Map<number, JsonSlice>();

  constructor(json: string) {
    this.json = json;
  }

  /** The member of an object with this name, or the item of an array at this position; `undefined` if there is none. */
  child(name: string): JsonSlice | undefined {
    this.#members ??= findMembers(this.json);
    const { starts, ends, names } = this.#members;
    const index = names === undefined ? readIndex(name) : names.get(name);
    const start = starts[index ?? -1];
    if (index === undefined || start === undefined) {
      return undefined;
    }
    const child = this.#children.get(index) ?? new JsonSlice(this.json.slice(start, ends[index]));
    this.#children.set(index, child);
    return child;
  }
}

function readIndex(name: string): number | undefined {
  return /^(?:0|[1-9]\d{0,8})$/.test(name) ? Number(name) : undefined;
}

function findMembers(json: string): Members {
  const starts: number[] = [];
  const ends: number[] = [];
  let at = skipSpace(json, 0);
  const isObject = json.charCodeAt(at) === OPEN_OBJECT;
  const names = isObject ? new Map<string, number>() : undefined;
  if (!isObject && json.charCodeAt(at) !== OPEN_ARRAY) {
    return { starts, ends, names };
  }
  for (at = skipSpace(json, at + 1); !isClosing(json.charCodeAt(at)); ) {
    if (names !== undefined) {
      const end = endOfString(json, at);
      names.set(JSON.parse(json.slice(at, end)), starts.length);
      // Over the colon.
      at = skipSpace(json, skipSpace(json, end) + 1);
    }
    const end = endOfValue(json, at);
    starts.push(at);
    ends.push(end);
    at = skipSpace(json, end);
    if (json.charCodeAt(at) === COMMA) {
      at = skipSpace(json, at + 1);
    }
  }
  return { starts, ends, names };
}

/** Past the value that begins here. Without recursion, so that no depth overflows the stack. */
function endOfValue(json: string, start: number): number {
  let depth = 0;
  let at = start;
  do {
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(json, at);
    } else {
      if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
        depth += 1;
      } else if (isClosing(code)) {
        depth -= 1;
      }
      at += 1;
    }
  } while (depth > 0);
  // A number or a word goes on until what follows it.
  while (at < json.length && !isEnd(json.charCodeAt(at))) {
    at += 1;
  }
  return at;
}

function skipSpace(json: string, start: number): number {
  let at = start;
  while (isSpace(json.charCodeAt(at))) {
    at += 1;
  }
  return at;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** The end of the JSON counts, so that no loop goes on beyond it. */
function isClosing(code: number): boolean {
  return code === CLOSE_OBJECT || code === CLOSE_ARRAY || Number.isNaN(code);
}

function isEnd(code: number): boolean {
  return code === COMMA || isClosing(code) || isSpace(code);
}

import { runInNewContext } from "node:vm";
import RandExp from "randexp";

/** How often another text is tried, each with one more of everything than the one before. */
const TRIES = 20;
/** A pattern may ask for any number of characters; nobody reads an example of so many. */
const MAX_STEPS = 1_000;
const MAX_REPEATS = 1_000;

/** Milliseconds. */
const MATCH_TIME = 100;

/** How many characters a text may have. */
export interface Length {
  readonly least: number;
  readonly most: number;
}

/** A text of this length that matches, always the same one; `undefined` if none is found. */
export function textOf(pattern: RegExp, { least, most }: Length): string | undefined {
  for (let more = 0; more < TRIES; more += 1) {
    const text = make(pattern, more);
    if (text === undefined || lengthOf(text) > most) {
      return undefined;
    }
    if (lengthOf(text) >= least) {
      // Of all characters it takes the first one, which is a space: a letter is easier to see.
      return [text.replaceAll(" ", "x"), text].find((each) => matches(pattern, each));
    }
  }
  return undefined;
}

/** Whether it does, as far as that is found out in time: the pattern is somebody else's, and `^(a+)+$` takes twice as long for each character. */
export function matches(pattern: RegExp, text: string): boolean {
  try {
    return runInNewContext("pattern.test(text)", { pattern, text }, { timeout: MATCH_TIME }) === true;
  } catch {
    return false;
  }
}

export function lengthOf(text: string): number {
  return [...text].length;
}

/** By what a pattern says, but for what it looks ahead to; the least that it asks for, and so many more. */
function make(pattern: RegExp, more: number): string | undefined {
  let steps = 0;
  try {
    const maker = new RandExp(pattern);
    maker.randInt = (least, most) => {
      steps += 1;
      if (steps > MAX_STEPS || least > MAX_REPEATS) {
        throw new RangeError("too long");
      }
      return Math.min(least + more, most);
    };
    return maker.gen();
  } catch {
    // It does not know all of the syntax.
    return undefined;
  }
}

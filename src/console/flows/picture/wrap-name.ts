import { longest, type Measure } from "./text-width.ts";

/** What there is for a line of a name, in pixels. */
export interface Room {
  readonly inside: number;
  /** As far as the next box. */
  readonly most: number;
  /** Whether the box is much lower than two lines. */
  readonly isLow: boolean;
}

/** With less room a name that is cut says nothing. */
export const LEAST_ROOM = 49;

/**
 * A name on two lines at most. A long one stays inside of its box, and of its letters those at the beginning and at the end are
 * left: names of machines of one kind differ in their last letters. Where a box is too small for words, or too low for two lines,
 * they may reach beyond it, but not over the next one.
 */
export function wrapName(name: string, { inside, most, isLow }: Room, measure: Measure): readonly string[] {
  if (isLow && measure(name) <= most) {
    return [name];
  }
  const lines = twoLines(name, inside, measure);
  if (inside >= LEAST_ROOM || lines.join(" ") === name) {
    return lines;
  }
  return twoLines(name, most, measure);
}

function twoLines(name: string, width: number, measure: Measure): readonly string[] {
  if (measure(name) <= width) {
    return [name];
  }
  const beginning = longest(name.length, (count) => name.slice(0, count), width, measure);
  const isWord = name[beginning.length] === " ";
  const space = isWord ? beginning.length : beginning.lastIndexOf(" ");
  const first = space > 0 ? beginning.slice(0, space) : beginning;
  const rest = name.slice(first.length).trimStart();
  const end = (count: number) => `…${rest.slice(rest.length - count).trimStart()}`;
  return [first, measure(rest) <= width ? rest : longest(rest.length, end, width, measure)];
}

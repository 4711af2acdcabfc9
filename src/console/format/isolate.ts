/** Hebrew, Arabic, and what is written like them. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/**
 * A name or a value as a part of other words. One that is written from right to left would take signs and digits beside it along;
 * with the two marks it stays by itself, and where it is cut, it is at its own end.
 */
export function isolate(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}

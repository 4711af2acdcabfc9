import { rememberRecent } from "../../data/remember-recent.ts";

/** How wide words are on the screen, in pixels. */
export type Measure = (text: string) => number;

const context = document.createElement("canvas").getContext("2d");

/**
 * Measures words without drawing them: letters are not equally wide.
 * @param rem how large they are, as in the style sheet
 * @param family a custom property of the style sheet; without it, the font of the page
 */
export function measureFor(rem: number, weight = 400, family?: string): Measure {
  const style = getComputedStyle(document.documentElement);
  const size = rem * Number.parseFloat(style.fontSize);
  const font = `${weight} ${size}px ${family === undefined ? style.fontFamily : style.getPropertyValue(family)}`;
  return rememberRecent(2_000, (text) => {
    if (context === null) {
      return text.length * size * 0.6;
    }
    context.font = font;
    return context.measureText(text).width;
  });
}

/** As much of the beginning as there is room for. */
export function cutEnd(text: string, width: number, measure: Measure): string {
  return measure(text) <= width
    ? text
    : longest(text.length, (count) => `${text.slice(0, count)}…`, width, measure);
}

/** The longest of these texts that fits; the shortest if none does. */
export function longest(
  most: number,
  make: (count: number) => string,
  width: number,
  measure: Measure,
): string {
  let [low, high] = [1, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(make(middle)) <= width) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return make(low);
}

/** As a schema of JSON Schema draft 4 has them. */
type Keywords = Readonly<Record<string, unknown>>;

/** Nobody reads an example that is longer. */
const MAX_LENGTH = 1_000;
const MAX_ITEMS = 100;

/** A number that a schema allows, near to the one that is wanted; `undefined` if none is found, such as between 1 and 0. */
export function exampleNumber(schema: Keywords, wanted: number): number | undefined {
  const isInteger = schema["type"] === "integer" || /^int/.test(String(schema["format"] ?? ""));
  const min = numberOf(schema["minimum"], Number.NEGATIVE_INFINITY);
  const max = numberOf(schema["maximum"], Number.POSITIVE_INFINITY);
  const near = Math.min(Math.max(wanted, min), max);
  const step = numberOf(schema["multipleOf"], 0);
  const candidates =
    step > 0 || isInteger
      ? multiplesNear(near, isInteger ? wholeStep(step) : step)
      : [near, min, max, (min + max) / 2, min + 1, max - 1];
  return candidates.find(
    (value) =>
      Number.isFinite(value) &&
      (schema["exclusiveMinimum"] === true ? value > min : value >= min) &&
      (schema["exclusiveMaximum"] === true ? value < max : value <= max) &&
      (!isInteger || Number.isInteger(value)),
  );
}

/** A text of the length and the format that a schema asks for, whatever its pattern. */
export function exampleText({ format, minLength, maxLength }: Keywords): string {
  const least = numberOf(minLength, 0);
  const most = numberOf(maxLength, Number.POSITIVE_INFINITY);
  if (least > Math.min(most, MAX_LENGTH)) {
    return `put in a text of at least ${least} characters`;
  }
  switch (format) {
    case "date-time":
      return dateTime(least, most);
    case "byte":
      return base64(Math.min(Math.ceil(Math.max(least, 8) / 4), Math.floor(most / 4)));
    default:
      return "text".padEnd(least, "x").slice(0, most);
  }
}

/** How many items an example of an array has: one, if that may be. */
export function exampleCount({ minItems, maxItems }: Keywords): number {
  return Math.min(Math.max(numberOf(minItems, 0), Math.min(1, numberOf(maxItems, 1))), MAX_ITEMS);
}

/** With fractions of a second if there is room, as JavaScript writes them. */
function dateTime(least: number, most: number): string {
  const seconds = "2026-01-31T12:00:00";
  const length = Math.max(least, Math.min(24, most));
  return length < 22 ? `${seconds}Z` : `${`${seconds}.`.padEnd(length - 1, "0")}Z`;
}

/** Four characters for three bytes. */
function base64(groups: number): string {
  return groups < 2 ? "SGVs".repeat(groups) : `${"SGVs".repeat(groups - 1)}bG8=`;
}

/** How many of this step are 1; `undefined` if it is not a part of 1. */
function partsOfOne(step: number): number | undefined {
  const parts = Math.round(1 / step);
  return step < 1 && 1 / parts === step ? parts : undefined;
}

/** Of 0.5 and of no step every whole number is a multiple. */
function wholeStep(step: number): number {
  return step === 0 || partsOfOne(step) !== undefined ? 1 : step;
}

/** The nearest ones first. */
function multiplesNear(value: number, step: number): number[] {
  const above = Math.ceil(value / step);
  // 3 * 0.1 is not 0.3, but 3 / 10 is.
  const parts = partsOfOne(step);
  return [above, above - 1, above + 1, above - 2].map((count) =>
    parts === undefined ? count * step : count / parts,
  );
}

function numberOf(value: unknown, fallback: number): number {
  return typeof value === "number" ? value : fallback;
}

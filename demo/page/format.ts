export function timeOfDay(ms: number): string {
  return new Date(ms).toLocaleTimeString("en-GB");
}

/** A dash while it is not known. */
export function format(value: number | undefined, digits = 0): string {
  return value === undefined
    ? "–"
    : value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

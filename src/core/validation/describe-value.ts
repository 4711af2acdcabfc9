/** The value of an error message: short, and never a wall of text. */
export function describeValue(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value.length > 60 ? `${JSON.stringify(value.slice(0, 57))}…` : JSON.stringify(value);
    case "undefined":
      return "nothing";
    case "bigint":
      return `the bigint ${value}n`;
    case "function":
    case "symbol":
      return `a ${typeof value}`;
    case "object":
      if (value === null) {
        return "null";
      }
      if (Array.isArray(value)) {
        return "an array";
      }
      return describeObject(value);
    default:
      return String(value);
  }
}

function describeObject(value: object): string {
  if (value instanceof Date && Number.isNaN(value.getTime())) {
    return "an invalid Date";
  }
  const name = Object.getPrototypeOf(value)?.constructor?.name;
  if (typeof name !== "string" || name === "Object" || name === "") {
    return "an object";
  }
  return `${/^[AEIOU]/.test(name) ? "an" : "a"} ${name} object`;
}

/** What a value must be, and what was given instead: the one grammar of issues. */
export function mustBe(what: string, value: unknown): string {
  return value === undefined ? `is missing: must be ${what}` : `must be ${what}, not ${describeValue(value)}`;
}

/** `a, b or c` */
export function oneOf(names: readonly string[]): string {
  if (names.length < 2) {
    return names[0] ?? "nothing";
  }
  return `${names.slice(0, -1).join(", ")} or ${names[names.length - 1]}`;
}

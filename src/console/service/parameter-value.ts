/** The value of a configuration parameter as a field shows it. */
export function formatParameter(value: unknown): string {
  if (value === undefined || value === null) {
    return "";
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

/**
 * The value of what was typed. What is not a number stays a string, so that the broker says what is wrong with it.
 * @throws {Error} for an integer that JavaScript would change on the way.
 */
export function parseParameter(typed: string, type: string): unknown {
  const trimmed = typed.trim();
  switch (type.toLowerCase()) {
    case "boolean":
      return trimmed === "true" || trimmed === "false" ? trimmed === "true" : typed;
    case "integer":
    case "number": {
      const number = Number(trimmed);
      if (/^[-+]?\d+$/.test(trimmed) && !Number.isSafeInteger(number)) {
        throw new Error(`${trimmed} is too large to be sent exactly.`);
      }
      return trimmed === "" || Number.isNaN(number) ? typed : number;
    }
    default:
      return typed;
  }
}

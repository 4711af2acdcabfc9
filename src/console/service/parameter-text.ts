/** A value of a configuration parameter as it is edited. */
export function showParameter(value: unknown): string {
  if (value === undefined || value === null) {
    return "";
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

/**
 * The value of what was typed. What is no number stays a text, so that the broker says what is wrong with it.
 * @throws {Error} for a whole number that JavaScript would change on the way.
 */
export function readParameter(text: string, type: string): unknown {
  const trimmed = text.trim();
  switch (type.toLowerCase()) {
    case "boolean":
      return trimmed === "true" || trimmed === "false" ? trimmed === "true" : text;
    case "integer":
    case "number": {
      const number = Number(trimmed);
      if (/^[-+]?\d+$/.test(trimmed) && !Number.isSafeInteger(number)) {
        throw new Error(`${trimmed} is too large to be sent exactly.`);
      }
      return trimmed === "" || Number.isNaN(number) ? text : number;
    }
    default:
      return text;
  }
}

import type { Field, NumberField, TextField } from "./field.ts";

/** What fits a field, in a few plain words. */
export function hintOf(field: Field): string {
  return [wordsOf(field), field.description ?? ""].filter((words) => words !== "").join(" · ");
}

function wordsOf(field: Field): string {
  switch (field.kind) {
    case "number":
      return numberWords(field);
    case "text":
      return textWords("text", field);
    case "base64":
      return textWords("base64", field);
    case "date-time":
      return "date and time";
    case "choice":
      return "choice";
    case "switch":
      return "on or off";
    case "null":
      return "always null";
    case "either":
      return field.types.map(([type]) => type).join(" or ");
    case "list":
      return count(field.minItems, field.maxItems, "items") || "list";
    case "group":
      return "";
    case "any":
      return "anything";
  }
}

function numberWords({
  isInteger,
  min,
  max,
  isAbove,
  isBelow,
  hasOwnMin,
  hasOwnMax,
  step,
}: NumberField): string {
  const kind = isInteger ? "whole number" : "number";
  const isRange = hasOwnMin && hasOwnMax && !isAbove && !isBelow;
  const low = hasOwnMin ? (isAbove ? `more than ${min}` : `${min} or more`) : "";
  const high = hasOwnMax ? (isBelow ? `less than ${max}` : `${max} or less`) : "";
  const bounds = isRange ? [`${min} to ${max}`] : [low, high];
  const steps = step === undefined ? "" : `multiple of ${step}`;
  return [kind, ...bounds, steps].filter((words) => words !== "").join(", ");
}

function textWords(kind: string, { minLength, maxLength, pattern }: TextField): string {
  const bounds = count(minLength, maxLength, "characters");
  const like = pattern === undefined ? "" : `like ${pattern}`;
  return [kind, bounds, like].filter((words) => words !== "").join(", ");
}

function count(min: number, max: number, what: string): string {
  if (min > 0 && Number.isFinite(max)) {
    return min === max ? `${min} ${what}` : `${min} to ${max} ${what}`;
  }
  return min > 0 ? `${min} ${what} or more` : Number.isFinite(max) ? `${max} ${what} or less` : "";
}

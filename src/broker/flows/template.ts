import { MAX_TEMPLATE_OUTPUT } from "../support/limits.ts";
import type { EventReader } from "./pointer.ts";

/**
 * Compiles a template: a string with `${pointer}` in them. One that is a single `${pointer}` keeps the type of the value; in
 * all others strings are put in as they are, everything else as JSON, and nothing for a place that is not there.
 * @param compile makes the reader of each pointer.
 * @throws {Error} saying what is wrong with a pointer. So does the reader, if the string becomes longer than 1,000,000
 * characters.
 */
export function compileTemplate(template: string, compile: (pointer: string) => EventReader): EventReader {
  const parts = splitTemplate(template).map((part, index) => (index % 2 === 0 ? part : compile(part)));
  const [before, only, after] = parts;
  if (parts.length === 3 && before === "" && after === "" && typeof only === "function") {
    return only;
  }
  return (events) => {
    let text = "";
    for (const part of parts) {
      text += typeof part === "string" ? part : toPlainString(part(events));
      if (text.length > MAX_TEMPLATE_OUTPUT) {
        throw new Error(`a template becomes longer than ${MAX_TEMPLATE_OUTPUT} characters`);
      }
    }
    return JSON.stringify(text);
  };
}

/** Puts other pointers in the place of those of a template. */
export function replacePointers(template: string, replace: (pointer: string) => string): string {
  return splitTemplate(template)
    .map((part, index) => (index % 2 === 0 ? part : `\${${replace(part)}}`))
    .join("");
}

/** String, pointer, string, pointer, …, string. Not by a regular expression, which looks for the end of each `${` anew. */
function splitTemplate(template: string): string[] {
  const parts: string[] = [];
  let end = 0;
  for (;;) {
    const start = template.indexOf("${", end);
    const close = start === -1 ? -1 : template.indexOf("}", start);
    if (close === -1) {
      return [...parts, template.slice(end)];
    }
    parts.push(template.slice(end, start), template.slice(start + 2, close));
    end = close + 1;
  }
}

function toPlainString(json = ""): string {
  return json.startsWith('"') ? JSON.parse(json) : json;
}

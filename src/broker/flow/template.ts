import type { Read } from "./pointer.ts";

const HOLE = /\$\{([^}]*)\}/g;

/**
 * Compiles a template: texts with `${pointer}` in them. One that is a single `${pointer}` keeps the type of the value; in
 * all others texts are put in as they are, everything else as JSON, and nothing for a place that is not there.
 * @param compile makes the reader of each pointer.
 * @throws {Error} saying what is wrong with a pointer.
 */
export function compileTemplate(template: string, compile: (pointer: string) => Read): Read {
  const parts: (string | Read)[] = [];
  let end = 0;
  for (const match of template.matchAll(HOLE)) {
    parts.push(template.slice(end, match.index), compile(match[1] ?? ""));
    end = match.index + match[0].length;
  }
  parts.push(template.slice(end));
  const [before, only, after] = parts;
  if (parts.length === 3 && before === "" && after === "" && typeof only === "function") {
    return only;
  }
  return (events) =>
    JSON.stringify(parts.map((part) => (typeof part === "string" ? part : toText(part(events)))).join(""));
}

function toText(json = ""): string {
  return json.startsWith('"') ? JSON.parse(json) : json;
}

import type { Json } from "../../../core/data-format/index.ts";
import { bracketed, type Doc, HARD, LINE, SOFT } from "./doc.ts";

/** Characters that an editor does not show, or that make it show the others in another order. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** A string literal: JSON, with what cannot be seen escaped. */
export function stringLiteral(text: string): string {
  return JSON.stringify(text).replace(INVISIBLE, (character) => character.split("").map(escaped).join(""));
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** The key of a property in an object literal. `__proto__` would be the prototype, however it is quoted. */
export function keyLiteral(key: string): string {
  if (key === "__proto__") {
    return '["__proto__"]';
  }
  return IDENTIFIER.test(key) ? key : stringLiteral(key);
}

/** `object.key`, or `object["the key"]`. */
export function memberAccess(object: string, key: string): string {
  return IDENTIFIER.test(key) ? `${object}.${key}` : `${object}[${stringLiteral(key)}]`;
}

export function jsonLiteral(value: Json): Doc {
  if (typeof value === "string") {
    return stringLiteral(value);
  }
  if (typeof value !== "object" || value === null) {
    return String(value);
  }
  if (Array.isArray(value)) {
    return bracketed("[", value.map(jsonLiteral), "]", SOFT);
  }
  const members = Object.entries(value).map(
    ([key, member]): Doc => [keyLiteral(key), ": ", jsonLiteral(member as Json)],
  );
  return bracketed("{", members, "}", LINE);
}

/** What a regular expression literal is written with: no groups with names or flags, no tables of Unicode, and no escapes by number. */
const PLAIN_PATTERN = /^(?!.*\(\?(?![:=!]))(?!.*\\[pPk\dxuc])[\x20-\x7e]+$/;

/** A regular expression: a literal, or its constructor where a compiler may know other syntax than this engine. */
export function patternLiteral(pattern: RegExp): string {
  if (PLAIN_PATTERN.test(pattern.source)) {
    return String(pattern);
  }
  const flags = pattern.flags === "" ? "" : `, ${stringLiteral(pattern.flags)}`;
  return `new RegExp(${stringLiteral(pattern.source)}${flags})`;
}

/** Text of others inside a comment, on one line: it cannot end the comment, and is no directive of the compiler. */
function commentText(text: string): string {
  return text
    .replace(INVISIBLE, " ")
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replaceAll("*/", "*\\/")
    .replaceAll("@ts-", "\\@ts-")
    .trim();
}

/** The lines of a doc comment; none for an empty text. */
export function docComment(text: string): Doc[] {
  // What looks like a tag is none.
  const lines = text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => commentText(line).replace(/(^|\{)@/g, "$1\\@"));
  const said = lines.join("\n").trim().split("\n");
  const [only = "", ...more] = said;
  if (more.length > 0) {
    return ["/**", HARD, ...said.flatMap((line): Doc[] => [` * ${line}`.trimEnd(), HARD]), " */", HARD];
  }
  return only === "" ? [] : [`/** ${only} */`, HARD];
}

/** A line comment. */
export function lineComment(text: string): Doc[] {
  return [`// ${commentText(text)}`, HARD];
}

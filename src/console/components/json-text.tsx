import { type ComponentChildren, h } from "preact";
import { describeProblem } from "../data/api.ts";

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** JSON, coloured. Everything is put in as text. */
export function JsonText({ text }: { readonly text: string }) {
  const parts: ComponentChildren[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [token, quoted, colon, word] = match;
    const kind =
      quoted !== undefined ? (colon === undefined ? "text" : "key") : word === undefined ? "number" : "word";
    parts.push(
      text.slice(end, match.index),
      h("span", { class: `json-${kind}` }, quoted ?? token),
      colon ?? "",
    );
    end = match.index + token.length;
  }
  parts.push(text.slice(end));
  return h("pre", { class: "json", tabIndex: 0 }, parts);
}

export function JsonValue({ value }: { readonly value: unknown }) {
  return h(JsonText, { text: JSON.stringify(value, null, 2) ?? "nothing" });
}

/** The value of a JSON text that a person wrote. @throws {Error} saying what is wrong. */
export function parseJson(text: string, subject: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const hint = /^\s*[A-Za-z]/.test(text) ? ' Texts need quotes: "text".' : "";
    throw new Error(`${subject} is no JSON: ${describeProblem(error)}.${hint}`);
  }
}

/** The JSON text that a person wrote, if it is JSON. @throws {Error} saying what is wrong. */
export function checkJson(text: string, subject: string): string {
  parseJson(text, subject);
  return text;
}

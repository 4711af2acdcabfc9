import { h } from "preact";
import { nameOf } from "../data/broker-state.ts";
import type { TraceEntry } from "../data/types.ts";

/** The characters that fit on a wide screen; drawing 4,000 for each line takes time. */
const MAX_PREVIEW = 300;
const ARROWS = { in: "→", out: "←", note: "•" } as const;
const DIRECTIONS = { in: "to the broker", out: "to the client", note: "note" } as const;

export function TraceLine({ entry }: { readonly entry: TraceEntry }) {
  const { at, direction, kind, uuid, connectionId, text, note } = entry;
  return [
    h("time", null, timeOf(at)),
    h("span", { class: `direction ${direction}`, title: DIRECTIONS[direction] }, ARROWS[direction]),
    h("span", { class: `kind kind-${kind}` }, kind),
    h("span", { class: "who" }, uuid === undefined ? connectionId : nameOf(uuid)),
    h("span", { class: "text" }, note === undefined ? null : h("em", null, note, " "), preview(text)),
  ];
}

export function timeOf(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  const milliseconds = String(date.getMilliseconds()).padStart(3, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${milliseconds}`;
}

/** Without the letter, which has a column of its own. */
function preview(text: string): string {
  return text.replace(/^[RECK]\s*(?=\{)/, "").slice(0, MAX_PREVIEW);
}

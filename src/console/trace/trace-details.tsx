import { h } from "preact";
import { Button } from "../components/fields.tsx";
import { JsonText } from "../components/json-text.tsx";
import { nameOf } from "../data/broker-state.ts";
import { pathOf } from "../data/route.ts";
import { filter, NO_FILTER } from "../data/trace-store.ts";
import type { TraceEntry } from "../data/types.ts";
import { timeOf } from "./trace-line.tsx";

interface DetailsProps {
  readonly entry: TraceEntry;
  readonly onClose: () => void;
}

/** A whole message. */
export function TraceDetails({ entry, onClose }: DetailsProps) {
  const { seq, at, direction, uuid, connectionId, correlationId, text, size, note } = entry;
  const way = direction === "in" ? "to the broker" : direction === "out" ? "to the client" : "note";
  return h(
    "aside",
    { class: "trace-details", "aria-label": "Message" },
    h(
      "div",
      { class: "title" },
      h("h3", null, `#${seq}, ${timeOf(at)}, ${way}`, connectionId === undefined ? "" : `, ${connectionId}`),
      h(Button, { label: "Close", onClick: onClose }, "✕"),
    ),
    uuid === undefined
      ? null
      : h(
          "p",
          null,
          h("a", { href: pathOf({ view: "service", uuid }) }, nameOf(uuid)),
          " ",
          h("small", null, uuid),
        ),
    note === undefined ? null : h("p", { class: "outcome bad" }, note),
    h(JsonText, { text: pretty(text) }),
    size > text.length
      ? h("p", { class: "hint" }, `The first ${text.length} of ${size} characters; the broker keeps no more.`)
      : null,
    correlationId === undefined
      ? null
      : h(
          Button,
          {
            class: "link",
            onClick: () => {
              filter.value = { ...NO_FILTER, contains: correlationId };
            },
          },
          "Show everything with its correlation id",
        ),
  );
}

/** The letter, and its JSON on several lines; any other text as it is. */
function pretty(text: string): string {
  const [, letter = "", json = ""] = /^([RECK])\s*(\{.*)$/s.exec(text) ?? [];
  try {
    return json === "" ? text : `${letter} ${JSON.stringify(JSON.parse(json), null, 2)}`;
  } catch {
    return text;
  }
}

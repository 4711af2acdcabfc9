import { type ComponentChildren, h } from "preact";
import { describeFormat, type FormatLine } from "../format/describe.ts";

/** A data format as a tree of names and types. */
export function FormatView({ dataFormat }: { readonly dataFormat: unknown }) {
  const lines = describeFormat(dataFormat);
  return lines.length === 0 ? h("p", { class: "hint" }, "No payload.") : h(Lines, { lines });
}

function Lines({ lines }: { readonly lines: readonly FormatLine[] }): ComponentChildren {
  return h(
    "ul",
    { class: "format" },
    lines.map(({ name, type, notes, below }) =>
      h(
        "li",
        { key: name },
        h("span", { class: "format-name" }, name),
        h("span", { class: "format-type" }, type),
        notes.length === 0 ? null : h("span", { class: "format-notes" }, notes.join(", ")),
        below.length === 0 ? null : h(Lines, { lines: below }),
      ),
    ),
  );
}

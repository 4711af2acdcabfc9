import type { ComponentChildren } from "preact";

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** JSON with syntax highlighting. Everything is put in as text, never as markup. */
export function HighlightedJson({ json }: { readonly json: string }) {
  const parts: ComponentChildren[] = [];
  let end = 0;
  for (const match of json.matchAll(TOKEN)) {
    const [token, quoted, colon, word] = match;
    const kind =
      quoted !== undefined ? (colon === undefined ? "text" : "key") : word === undefined ? "number" : "word";
    parts.push(
      json.slice(end, match.index),
      <span class={`json-${kind}`}>{quoted ?? token}</span>,
      colon ?? "",
    );
    end = match.index + token.length;
  }
  parts.push(json.slice(end));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard.
    <pre class="json" tabIndex={0}>
      {parts}
    </pre>
  );
}

export function JsonValue({ value }: { readonly value: unknown }) {
  return <HighlightedJson json={JSON.stringify(value, null, 2) ?? "nothing"} />;
}

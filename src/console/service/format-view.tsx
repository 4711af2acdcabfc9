import { describeFormat, type FormatLine } from "../format/describe.ts";

/** A data format as a tree of names and types. */
export function FormatView({ dataFormat }: { readonly dataFormat: unknown }) {
  const lines = describeFormat(dataFormat);
  return lines.length === 0 ? <p class="hint">No payload.</p> : <Lines lines={lines} />;
}

function Lines({ lines }: { readonly lines: readonly FormatLine[] }) {
  return (
    <ul class="format">
      {lines.map(({ name, type, notes, below }) => (
        <li key={name}>
          <span class="format-name">{name}</span>
          <span class="format-type">{type}</span>
          {notes.length > 0 && <span class="format-notes">{notes.join(", ")}</span>}
          {below.length > 0 && <Lines lines={below} />}
        </li>
      ))}
    </ul>
  );
}

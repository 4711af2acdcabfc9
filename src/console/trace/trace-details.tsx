import { Button } from "../components/button.tsx";
import { HighlightedJson } from "../components/json.tsx";
import { ServiceLink } from "../components/service-link.tsx";
import { showOnly } from "../data/trace-store.ts";
import type { TraceEntry } from "../data/types.ts";
import { DIRECTIONS, timeOf } from "./describe-entry.ts";

interface DetailsProps {
  readonly entry: TraceEntry;
  readonly onClose: () => void;
}

/** A whole message. */
export function TraceDetails({ entry, onClose }: DetailsProps) {
  const { seq, at, direction, uuid, connectionId, correlationId, text, size, note } = entry;
  return (
    <aside class="trace-details" aria-label="Message">
      <div class="title">
        <h3>
          #{seq}, {timeOf(at)}, {DIRECTIONS[direction]}
          {connectionId !== undefined && `, ${connectionId}`}
        </h3>
        <Button label="Close" onClick={onClose}>
          ✕
        </Button>
      </div>
      {uuid !== undefined && (
        <p>
          <ServiceLink uuid={uuid} /> <small>{uuid}</small>
        </p>
      )}
      {note !== undefined && <p class="outcome bad">{note}</p>}
      <HighlightedJson json={indent(text)} />
      {size > text.length && (
        <p class="hint">
          The first {text.length} of {size} characters; the broker keeps no more.
        </p>
      )}
      {correlationId !== undefined && (
        <Button class="link" onClick={() => showOnly({ contains: correlationId })}>
          Show everything with its correlation id
        </Button>
      )}
    </aside>
  );
}

/** The letter, and its JSON on several lines; any other message as it is. */
function indent(message: string): string {
  const [, letter = "", json = ""] = /^([RECK])\s*(\{.*)$/s.exec(message) ?? [];
  try {
    return json === "" ? message : `${letter} ${JSON.stringify(JSON.parse(json), null, 2)}`;
  } catch {
    return message;
  }
}

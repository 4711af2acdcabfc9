import { nameOf } from "../data/broker-state.ts";
import type { TraceEntry } from "../data/types.ts";
import { DIRECTIONS, timeOf } from "./describe-entry.ts";

/** The characters that fit on a wide screen; drawing 4,000 for each line takes time. */
const MAX_PREVIEW = 300;
const ARROWS = { in: "→", out: "←", note: "•" } as const;

export function TraceLine({ entry }: { readonly entry: TraceEntry }) {
  const { at, direction, kind, uuid, connectionId, text, note } = entry;
  return (
    <>
      <time>{timeOf(at)}</time>
      <span class={`direction ${direction}`} title={DIRECTIONS[direction]}>
        {ARROWS[direction]}
      </span>
      <span class={`kind kind-${kind}`}>{kind}</span>
      <span class="who">{uuid === undefined ? connectionId : nameOf(uuid)}</span>
      <span class="text">
        {note !== undefined && <em>{note} </em>}
        {preview(text)}
      </span>
    </>
  );
}

/** Without the letter, which has a column of its own. */
function preview(message: string): string {
  return message.replace(/^[RECK]\s*(?=\{)/, "").slice(0, MAX_PREVIEW);
}

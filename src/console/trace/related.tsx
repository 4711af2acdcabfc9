import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { request } from "../data/api.ts";
import { held, select } from "../data/trace-hold.ts";
import { isRowOf, keyOf, keyOfParent, type TraceRow } from "../data/trace-rows.ts";
import { imported, rows } from "../data/trace-store.ts";
import type { TraceEntry } from "../data/types.ts";
import { rowClass, TraceLine } from "./trace-line.tsx";
import { rowOf } from "./whole-entry.ts";

/** More belong together only if a client gives all its messages one correlation id. */
const MAX_RELATED = 30;

/** The other messages that belong to this one: the calls of an event, their response events, and so on. */
export function Related({ row }: { readonly row: TraceRow }) {
  const kept = useKept(row.entry.correlationId);
  const all = relatedTo(row, rows.value, [...held.value, ...kept]);
  return (
    all.length > 0 && (
      <section class="related">
        <h4>Messages that belong to it ({all.length})</h4>
        {all.slice(0, MAX_RELATED).map((each) => (
          <button
            key={keyOf(each)}
            type="button"
            class={`row ${rowClass(each)}`}
            onClick={() => select(keyOf(each))}
          >
            <TraceLine row={{ ...each, depth: 0, isApart: false }} />
          </button>
        ))}
        {all.length > MAX_RELATED && <p class="hint">The first {MAX_RELATED} are shown.</p>}
      </section>
    )
  );
}

/** What the broker has kept with a correlation id: the filter may have left some of it out. */
function useKept(correlationId: string | undefined): readonly TraceEntry[] {
  const kept = useSignal<{ readonly of: string | undefined; readonly entries: readonly TraceEntry[] }>({
    of: undefined,
    entries: [],
  });
  const isLive = imported.value === undefined;
  useEffect(() => {
    if (correlationId === undefined || !isLive) {
      return;
    }
    let isCurrent = true;
    const query = new URLSearchParams({ contains: correlationId, kind: "E,C", limit: "100" });
    request<{ readonly entries: readonly TraceEntry[] }>("GET", `/broker/messages?${query}`).then(
      ({ entries }) => {
        if (isCurrent) {
          kept.value = { of: correlationId, entries };
        }
      },
      // What the page has is shown all the same.
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [correlationId, isLive]);
  return kept.value.of === correlationId ? kept.value.entries : [];
}

function relatedTo(
  row: TraceRow,
  shown: readonly TraceRow[],
  others: readonly TraceEntry[],
): readonly TraceRow[] {
  const { correlationId } = row.entry;
  const root = rootOf(row, shown);
  const isRoot = isRowOf(root);
  const related = new Map<string, TraceRow>();
  const family = new Set([root]);
  for (const each of shown) {
    // Whatever stands under something stands after it.
    const isUnder = each.parent !== undefined && family.has(keyOf({ entry: each.parent }));
    const isSame = correlationId !== undefined && each.entry.correlationId === correlationId;
    if (isUnder) {
      family.add(keyOf(each));
    }
    if (isSame || isUnder || isRoot(each)) {
      related.set(keyOf(each), each);
    }
  }
  for (const entry of others) {
    const key = keyOf({ entry });
    const isCalled = row.entry.kind === "E" && entry.cause === row.entry.seq;
    const isSame = correlationId !== undefined && entry.correlationId === correlationId;
    if ((isSame || isCalled) && !related.has(key)) {
      related.set(key, rowOf(entry));
    }
  }
  related.delete(keyOf(row));
  return [...related.values()].toSorted((a, b) => a.entry.seq - b.entry.seq);
}

function rootOf(row: TraceRow, shown: readonly TraceRow[]): string {
  let root = row;
  for (;;) {
    const above = keyOfParent(root);
    const found = above && shown.find(isRowOf(above));
    if (!found) {
      return keyOf(root);
    }
    root = found;
  }
}

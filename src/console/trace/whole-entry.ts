import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { request } from "../data/api.ts";
import { isRowOf, keyOf, type TraceRow } from "../data/trace-rows.ts";
import { imported, rows } from "../data/trace-store.ts";
import type { TraceEntry } from "../data/types.ts";

/** The row that is selected, and its message as far as it is known. */
export interface Chosen {
  /** `undefined` while it is asked for, or if it is gone. */
  readonly row: TraceRow | undefined;
  /** What the broker still has of the message, if that is more. */
  readonly whole: TraceEntry | undefined;
  /** The broker has been asked, and has no more. */
  readonly isGone: boolean;
}

/** The row with this key. One that the list does not show, and what the list has not whole, the broker is asked for. */
export function useChosen(key: string): Chosen {
  const last = useSignal<TraceRow | undefined>(undefined);
  const asked = useSignal<{ readonly key: string; readonly entry: TraceEntry | undefined } | undefined>(
    undefined,
  );
  // A row that has left the list is still shown.
  const isChosen = isRowOf(key);
  const before = last.peek();
  const shown = rows.value.find(isChosen) ?? (before !== undefined && isChosen(before) ? before : undefined);
  last.value = shown;
  const entry = shown?.entry;
  const isEnough = entry !== undefined && entry.isCut !== true;
  const isLive = imported.value === undefined;
  const seq = /^\d+(?=-)/.exec(key)?.[0];
  useEffect(() => {
    if (isEnough || !isLive || seq === undefined) {
      return;
    }
    let isCurrent = true;
    const take = (found: TraceEntry | undefined) => {
      if (isCurrent) {
        // A broker that was started again has another message with this number.
        asked.value = {
          key,
          entry: found !== undefined && keyOf({ entry: found }) === key ? found : undefined,
        };
      }
    };
    request<TraceEntry>("GET", `/broker/messages/${seq}`).then(take, () => take(undefined));
    return () => {
      isCurrent = false;
    };
  }, [key, isEnough, isLive]);
  const answered = asked.value?.key === key ? asked.value : undefined;
  // Nobody is asked for a file's rows, nor for what no message can be called.
  const isAnswered = answered !== undefined || !isLive || seq === undefined;
  const whole = answered?.entry;
  return {
    row: shown ?? (whole && rowOf(whole)),
    whole,
    isGone: !isEnough && isAnswered && (whole === undefined || whole.isCut === true),
  };
}

/** A row that stands nowhere. */
export function rowOf(entry: TraceEntry): TraceRow {
  const apart = { depth: 0, parent: undefined, isApart: false, responded: undefined, run: 0 };
  return { entry, ...apart };
}

import type { StoreChange, StoreKeys } from "../core/event-cache/store.ts";
import { type KeyRange, KeyRanges } from "./key-ranges.ts";
import { encodeEvent, encodeKey, encodeMarker } from "./record.ts";

export type Operation =
  | { readonly type: "put"; readonly key: string; readonly value: string }
  | { readonly type: "del"; readonly key: string };

export interface Plan {
  readonly operations: readonly Operation[];
  /** They were written. */
  commit(): void;
}

/**
 * Which keys are gone as they should be. LevelDB leaves out a damaged piece of its log without a word, so a key that is
 * missing between others has to be told from one that was removed: a marker stands for those, until all before it is gone.
 */
export class KeyLedger {
  /** Nothing is left below it. */
  #first: number;
  #last: number;
  /** Only what was there when it was opened can have been lost by then. */
  readonly #lastAtOpen: number;
  /** Between the first and the last. */
  #gone = new KeyRanges();
  /** The markers as they stand in the store: by the key of each, from where on it counts. */
  readonly #markers = new Map<number, number>();
  /** Whether they are those of `#gone`, one for each range: not so of those that were read, until they are written again. */
  #areMarkersInLine = true;

  constructor(keys: StoreKeys | undefined) {
    this.#first = keys?.first ?? 1;
    this.#last = keys?.last ?? 0;
    this.#lastAtOpen = this.#last;
  }

  /** What is missing in a range that has no records, and was not removed. */
  gapsIn({ first, last }: KeyRange): readonly KeyRange[] {
    const judged = { first: Math.max(first, this.#first), last: Math.min(last, this.#lastAtOpen) };
    return this.#gone.missingIn(judged);
  }

  /** A marker was read. */
  sawMarker(range: KeyRange): void {
    this.#markers.set(range.last, range.first);
    this.#areMarkersInLine = false;
    this.#gone.add({ first: Math.max(range.first, this.#first), last: range.last });
  }

  /** What to write for some changes, and for ranges that turned out to be missing. */
  plan(changes: readonly StoreChange[], missing: readonly KeyRange[] = []): Plan {
    const values = new Map<number, string | undefined>();
    for (const change of changes) {
      values.set(change.key, change.type === "put" ? encodeEvent(change.event) : undefined);
    }
    const puts = changes.filter(({ type }) => type === "put").map(({ key }) => key);
    const gone = this.#gone.copy();
    let { first, last } = this.#include(gone, puts);
    for (const range of missing) {
      gone.add(range);
    }
    for (const [key, value] of values) {
      if (value !== undefined) {
        gone.remove(key);
      }
      // A key that was never given needs no marker.
      else if (key >= first && key <= last) {
        gone.add({ first: key, last: key });
      }
    }
    first = gone.removeFront(first);
    last = Math.max(last, first - 1);
    const markers = this.#changedMarkers(gone);
    return {
      operations: this.#operations(values, markers),
      commit: () => {
        this.#first = first;
        this.#last = last;
        this.#gone = gone;
        this.#areMarkersInLine = true;
        for (const key of markers.old) {
          this.#markers.delete(key);
        }
        for (const [key, goneFrom] of markers.new) {
          this.#markers.set(key, goneFrom);
        }
      },
    };
  }

  /** Only these are looked at for each write: there may be any number of others. */
  #changedMarkers(gone: KeyRanges): ChangedMarkers {
    const [before, after] = this.#areMarkersInLine
      ? differenceOf(this.#gone.ranges, gone.ranges)
      : [undefined, gone.ranges];
    return {
      old: before?.map(({ last }) => last) ?? [...this.#markers.keys()],
      new: new Map(after.map((range) => [range.last, range.first])),
    };
  }

  /** Takes new keys in. Keys that were left out belong to writes that failed. */
  #include(gone: KeyRanges, keys: readonly number[]): KeyRange {
    let [first, last] = [this.#first, this.#last];
    for (const key of [...keys].sort((a, b) => a - b)) {
      if (first > last) {
        [first, last] = [key, key];
      }
      gone.add({ first: last + 1, last: key - 1 });
      gone.add({ first: key + 1, last: first - 1 });
      first = Math.min(first, key);
      last = Math.max(last, key);
    }
    return { first, last };
  }

  /** The marker of a range stands at its end. */
  #operations(
    values: ReadonlyMap<number, string | undefined>,
    changed: ChangedMarkers,
  ): readonly Operation[] {
    const written = new Map(values);
    for (const key of changed.old) {
      if (!changed.new.has(key) && !written.has(key)) {
        written.set(key, undefined);
      }
    }
    const old = new Set(changed.old);
    for (const [key, value] of values) {
      const goneFrom = this.#markers.get(key);
      // A removal of its key would take a marker along that stays.
      if (value === undefined && goneFrom !== undefined && !old.has(key)) {
        written.set(key, encodeMarker(goneFrom));
      }
    }
    for (const [key, goneFrom] of changed.new) {
      if (this.#markers.get(key) !== goneFrom || written.has(key)) {
        written.set(key, encodeMarker(goneFrom));
      }
    }
    return [...written].map(([number, value]) => {
      const key = encodeKey(number);
      return value === undefined ? { type: "del", key } : { type: "put", key, value };
    });
  }
}

/** Markers that may be others than before. */
interface ChangedMarkers {
  /** The keys of those that stand in the store. */
  readonly old: readonly number[];
  /** Those that take their place: from where on each counts, by its key. */
  readonly new: ReadonlyMap<number, number>;
}

/** What is between the items that two lists have in common, at the beginning and at the end. */
function differenceOf<Item>(
  before: readonly Item[],
  after: readonly Item[],
): readonly [before: readonly Item[], after: readonly Item[]] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) {
    start += 1;
  }
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) {
    end += 1;
  }
  return [before.slice(start, before.length - end), after.slice(start, after.length - end)];
}

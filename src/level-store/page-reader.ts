import type { Level } from "level";
import type { StoreKeys, StorePage } from "../core/event-cache/store.ts";
import type { KeyLedger } from "./key-ledger.ts";
import type { KeyRange } from "./key-ranges.ts";
import { type DecodedRecord, decodeKey, decodeRecord, describeForeignKey, encodeKey } from "./record.ts";

/** A page ends before it holds more than this, in UTF-16 code units. */
const MAX_PAGE_LENGTH = 4_000_000;
/** So many keys at each end are looked at for foreign ones. */
const MAX_FOREIGN = 1_000;

/** Reads one page of a store. */
export class PageReader {
  /** Keys of records that cannot be read. */
  readonly damaged: number[] = [];
  readonly missing: KeyRange[] = [];
  /** Keys that do not belong to events. */
  readonly foreign = new Set<string>();
  readonly #events: StorePage["events"][number][] = [];
  readonly #reports: StorePage["damaged"][number][] = [];
  readonly #ledger: KeyLedger;
  #length = 0;

  constructor(ledger: KeyLedger) {
    this.#ledger = ledger;
  }

  async read(level: Level<string, string>, from: number, to: number, limit: number): Promise<StorePage> {
    const end = await this.#readEvents(level, from, to, limit);
    return { events: this.#events, damaged: this.#reports, end };
  }

  /** Looks for foreign keys before and behind those that the store had when it was opened. */
  async lookOutside(level: Level<string, string>, keys: StoreKeys | undefined): Promise<void> {
    const [first, last] = [encodeKey(keys?.first ?? 0), encodeKey(keys?.last ?? 0)];
    for (const range of [{ lt: first }, { gt: last }]) {
      for (const key of await level.keys({ ...range, limit: MAX_FOREIGN }).all()) {
        if (decodeKey(key) === undefined) {
          this.#addForeign(key);
        }
      }
    }
  }

  /** @returns up to which key everything was read */
  async #readEvents(level: Level<string, string>, from: number, to: number, limit: number): Promise<number> {
    let next = from;
    // Without an upper end: only a record behind it shows that something is missing before it.
    for await (const [key, value] of level.iterator({ gte: encodeKey(from) })) {
      const number = decodeKey(key);
      if (number === undefined) {
        this.#addForeign(key);
        continue;
      }
      const record = decodeRecord(value);
      const covered = record.type === "marker" ? record.goneFrom : number;
      this.#addGaps({ first: next, last: Math.min(covered - 1, to) });
      if (number > to) {
        break;
      }
      if (this.#isFull(record, value, limit)) {
        return number - 1;
      }
      this.#add(number, record);
      this.#length += value.length;
      next = number + 1;
    }
    return to;
  }

  #addForeign(key: string): void {
    if (this.foreign.has(key)) {
      return;
    }
    this.foreign.add(key);
    this.#reports.push({ key: key.slice(0, 80), reason: describeForeignKey(key) });
  }

  #isFull(record: DecodedRecord, value: string, limit: number): boolean {
    const count = this.#events.length + this.damaged.length;
    if (record.type === "marker" || count === 0) {
      return false;
    }
    return count >= limit || this.#length + value.length > MAX_PAGE_LENGTH;
  }

  #add(key: number, record: DecodedRecord): void {
    if (record.type === "event") {
      this.#events.push({ key, event: record.event });
    } else if (record.type === "marker") {
      this.#ledger.sawMarker({ first: record.goneFrom, last: key });
    } else {
      this.#reports.push({ key: encodeKey(key), reason: record.reason });
      this.damaged.push(key);
    }
  }

  #addGaps(range: KeyRange): void {
    for (const gap of this.#ledger.gapsIn(range)) {
      this.missing.push(gap);
      this.#reports.push(describeGap(gap));
    }
  }
}

function describeGap({ first, last }: KeyRange): StorePage["damaged"][number] {
  const reason = "LevelDB left out a damaged piece of its log";
  return first === last
    ? { key: String(first), reason: `the event is missing: ${reason}` }
    : { key: `${first}–${last}`, reason: `${last - first + 1} events are missing: ${reason}` };
}

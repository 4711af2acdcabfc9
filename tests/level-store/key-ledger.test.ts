import { expect, it } from "vitest";
import { KeyLedger, type Operation } from "../../src/level-store/key-ledger.ts";
import type { KeyRange } from "../../src/level-store/key-ranges.ts";
import { decodeRecord, encodeKey } from "../../src/level-store/record.ts";
import { put, range, remove } from "../support/level-store/events.ts";
import fc, { runs } from "../support/properties.ts";

/** What LevelDB holds, and a ledger of it that is made anew when it is opened. */
class Records {
  ledger = new KeyLedger(undefined);
  readonly #records = new Map<number, string>();

  get keys(): readonly number[] {
    return [...this.#records.keys()].sort((a, b) => a - b);
  }

  write(operations: readonly Operation[]): void {
    for (const operation of operations) {
      if (operation.type === "put") {
        this.#records.set(Number(operation.key), operation.value);
      } else {
        this.#records.delete(Number(operation.key));
      }
    }
  }

  reopen(): void {
    const [first, last] = [this.keys[0], this.keys.at(-1)];
    this.ledger = new KeyLedger(first === undefined || last === undefined ? undefined : { first, last });
  }

  /** As a page is read: from a key on, to the end. */
  read(from: number): { readonly events: readonly number[]; readonly missing: readonly KeyRange[] } {
    const events: number[] = [];
    const missing: KeyRange[] = [];
    let next = from;
    for (const key of this.keys.filter((each) => each >= from)) {
      const record = decodeRecord(this.#records.get(key) ?? "");
      const covered = record.type === "marker" ? record.goneFrom : key;
      missing.push(...this.ledger.gapsIn({ first: next, last: covered - 1 }));
      if (record.type === "marker") {
        this.ledger.sawMarker({ first: record.goneFrom, last: key });
      } else {
        events.push(key);
      }
      next = key + 1;
    }
    const plan = this.ledger.plan([], missing);
    this.write(plan.operations);
    plan.commit();
    return { events, missing };
  }
}

const change = fc.oneof(
  fc.record({ type: fc.constant("put" as const), skipped: fc.nat({ max: 2 }) }),
  fc.record({ type: fc.constant("delete" as const), key: fc.integer({ min: 1, max: 30 }) }),
);
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("write" as const),
      changes: fc.array(change, { minLength: 1, maxLength: 5 }),
      fails: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("reopen" as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant("read" as const), from: fc.integer({ min: 1, max: 30 }) }),
  },
);

it("knows which keys are gone as they should be, whatever is written, removed once or twice, fails, and is opened again", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const records = new Records();
      const model = new Set<number>();
      let next = 1;
      const expectEvents = (from: number): void => {
        const events = [...model].filter((key) => key >= from).sort((a, b) => a - b);
        expect(records.read(from)).toEqual({ events, missing: [] });
      };
      for (const each of steps) {
        if (each.type === "write") {
          const changes = each.changes.map((one) => {
            if (one.type === "delete") {
              return remove(one.key);
            }
            const key = next + one.skipped;
            next = key + 1;
            return put(key);
          });
          const plan = records.ledger.plan(changes);
          if (each.fails) {
            continue;
          }
          records.write(plan.operations);
          plan.commit();
          for (const { type, key } of changes) {
            model[type === "put" ? "add" : "delete"](key);
          }
        } else if (each.type === "reopen") {
          records.reopen();
          next = Math.max(next, (records.keys.at(-1) ?? 0) + 1);
          expectEvents(records.keys[0] ?? 1);
        } else {
          expectEvents(Math.max(each.from, records.keys[0] ?? 1));
        }
      }
    }),
    { numRuns: runs(500) },
  );
});

it("writes only the markers that change, however many there are", () => {
  const records = new Records();
  const write = (...changes: Parameters<KeyLedger["plan"]>[0]): readonly Operation[] => {
    const plan = records.ledger.plan(changes);
    records.write(plan.operations);
    plan.commit();
    return plan.operations;
  };
  write(...range(1, 1_000).map((key) => put(key)));
  for (let key = 2; key < 1_000; key += 2) {
    write(remove(key));
  }
  expect(records.keys).toHaveLength(1_000);
  // Two gaps become one, whose marker stands at its end.
  expect(write(remove(501)).map(({ type, key }) => [type, key])).toEqual([
    ["del", encodeKey(501)],
    ["del", encodeKey(500)],
    ["put", encodeKey(502)],
  ]);
  records.reopen();
  expect(records.read(1).missing).toEqual([]);
});

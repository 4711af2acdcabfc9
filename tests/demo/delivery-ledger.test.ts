import { expect, test } from "vitest";
import { DeliveryLedger } from "../../demo/plant/delivery-ledger.ts";

function ledgerOf(...numbers: unknown[]): { delivered: number; missing: number } {
  const ledger = new DeliveryLedger();
  for (const number of numbers) {
    ledger.add(number);
  }
  return { delivered: ledger.delivered, missing: ledger.missing };
}

test.each([
  ["nothing", [], 0, 0],
  ["in order", [1, 2, 3], 3, 0],
  ["one twice", [1, 2, 2, 1, 3], 3, 0],
  ["one is missing", [1, 3], 2, 1],
  ["the first ones are missing", [4, 5], 2, 3],
  ["what was missing comes late", [1, 4, 2, 3], 4, 0],
  ["late and twice", [1, 5, 3, 3, 3], 3, 2],
  ["in any order", [6, 2, 4, 1, 6, 5], 5, 1],
  ["a wild number takes no memory, and the others still count", [1, 2 ** 40, 2, 3], 4, 2 ** 40 - 4],
  ["what is no number of a measurement", [1, 0, -3, 1.5, "2", null, undefined, 2 ** 60], 1, 0],
])("%s", (_, numbers, delivered, missing) => {
  expect(ledgerOf(...numbers)).toEqual({ delivered, missing });
});

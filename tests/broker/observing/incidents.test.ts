import { expect, test } from "vitest";
import { Incidents } from "../../../src/broker/observing/incidents.ts";

const START = 1_700_000_000_000;
const MINUTE = 60_000;

test("the same thing again is counted, until it was quiet for five minutes", () => {
  const incidents = new Incidents();
  incidents.happened("refused", "press", START, { reason: "first" });
  incidents.happened("refused", "press", START + 4 * MINUTE, { reason: "second" });
  incidents.happened("dropped", "press", START + 5 * MINUTE, { count: 3 });
  expect(incidents.list(START + 8 * MINUTE)).toEqual([
    {
      ...{ kind: "dropped", uuid: "press", reason: undefined, count: 3 },
      ...{ since: START + 5 * MINUTE, last: START + 5 * MINUTE },
    },
    {
      ...{ kind: "refused", uuid: "press", reason: "second", count: 2 },
      ...{ since: START, last: START + 4 * MINUTE },
    },
  ]);
  expect(incidents.list(START + 9.5 * MINUTE)).toMatchObject([{ kind: "dropped" }]);
  incidents.happened("refused", "press", START + 10 * MINUTE);
  expect(incidents.list(START + 10 * MINUTE)[0]).toMatchObject({ since: START + 10 * MINUTE, count: 1 });
});

test("many things of one kind do not push out those of another", () => {
  const incidents = new Incidents();
  incidents.happened("dropped", "press", START);
  for (let index = 0; index < 2_000; index += 1) {
    incidents.happened("refused", `stranger ${index}`, START + index);
  }
  expect(incidents.list(START + 2_000).at(-1)).toMatchObject({ kind: "dropped", uuid: "press" });
});

test("what strangers do has a limit: the one longest ago goes, and no id is longer than one may be", () => {
  const incidents = new Incidents();
  for (let index = 0; index < 2_000; index += 1) {
    incidents.happened("refused", `${index} ${"x".repeat(10_000)}`, START + index, {
      reason: "y".repeat(10_000),
    });
  }
  const kept = incidents.list(START + 2_000);
  expect(kept).toHaveLength(500);
  expect(kept[0]?.uuid).toMatch(/^1999 x/);
  expect(JSON.stringify(kept).length).toBeLessThan(500_000);
});

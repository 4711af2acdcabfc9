import { describe, expect, test } from "vitest";
import { type Incident, nextIncident, roomOf } from "../../demo/page/plug/incident.ts";
import { announcementOf, sentenceOf } from "../../demo/page/plug/words.ts";
import type { PlantState } from "../../demo/plant-state.ts";
import fc from "../support/properties.ts";

const WELL: PlantState = {
  isBrokerRunning: true,
  cable: "plugged",
  isPressRunning: true,
  temperatureLimit: 55,
  delivery: { published: 100, waiting: 0, delivered: 100, lost: 0 },
  flows: [],
};

function withDelivery(
  state: Partial<PlantState>,
  delivery: Partial<PlantState["delivery"]> = {},
): PlantState {
  return { ...WELL, ...state, delivery: { ...WELL.delivery, ...delivery } };
}

/** What is told after states at these seconds. */
function told(...states: readonly (readonly [second: number, state: PlantState])[]): string {
  let incident: Incident | undefined;
  let sentence = "";
  for (const [second, state] of states) {
    incident = nextIncident(incident, state, second * 1000);
    sentence = sentenceOf(state, incident, second * 1000);
  }
  return sentence;
}

const UNPLUGGED = withDelivery({ cable: "unplugged" }, { published: 148, waiting: 48 });

describe("one sentence says what happens now", () => {
  test("nothing", () => {
    expect(told([0, WELL])).toMatch(/^Each measurement of the press arrives at once/);
    expect(sentenceOf(undefined, undefined, 0)).toMatch(/does not answer/);
  });

  test("unplugged, on its way, and back", () => {
    const during = [
      [0, withDelivery({ cable: "unplugged" })],
      [12, UNPLUGGED],
    ] as const;
    expect(told(...during)).toBe("Unplugged for 12 s: 48 measurements wait in the press.");
    const plugged = [13, withDelivery({}, { waiting: 48 })] as const;
    expect(told(...during, plugged)).toBe(
      "Plugged in again 0 s ago: the press connects again, 48 measurements to go.",
    );
    const half = [13.4, withDelivery({}, { waiting: 20 })] as const;
    expect(told(...during, plugged, half)).toBe(
      "Plugged in again: 28 of 48 measurements delivered, 20 to go.",
    );
    expect(told(...during, plugged, half, [14.2, WELL])).toBe(
      "Plugged in again: 48 delivered in 1.2 s, none lost.",
    );
    expect(told(...during, plugged, half, [14.2, WELL], [30, WELL])).toMatch(
      /^Plugged in again: 48 delivered/,
    );
    expect(told(...during, plugged, half, [14.2, WELL], [45, WELL])).toMatch(
      /^Each measurement of the press arrives at once/,
    );
  });

  test("what is lost is not kept back", () => {
    expect(told([0, UNPLUGGED], [1, withDelivery({}, { lost: 3 })])).toBe(
      "Plugged in again: 48 delivered at once, 3 LOST.",
    );
  });

  test("a press that was killed is back when it measures, not when its program runs", () => {
    const crashed = withDelivery({ isPressRunning: false }, { waiting: 7 });
    expect(told([0, crashed], [2, crashed])).toBe(
      "Crashed for 2 s, and starting again: 7 measurements wait on its disk.",
    );
    const starting = withDelivery({}, { waiting: 7 });
    expect(told([0, crashed], [2, starting], [3, starting])).toMatch(/^Crashed for 3 s/);
    const measuring = withDelivery({}, { published: 101, waiting: 0 });
    expect(told([0, crashed], [2, starting], [3, measuring])).toMatch(/^The press is back: 7 delivered/);
  });

  test("a broker that is away, and a cable that is dead", () => {
    expect(told([0, withDelivery({ isBrokerRunning: false }, { waiting: 1 })])).toBe(
      "The bus has been away for 0 s: 1 measurement waits in the press.",
    );
    expect(told([0, withDelivery({ cable: "half-open" }, { waiting: 2 })])).toMatch(/^Dead for 0 s, though/);
  });

  test("how long is not said if it began before the page", () => {
    const incident = nextIncident(undefined, UNPLUGGED, 5000, true);
    expect(sentenceOf(UNPLUGGED, incident, 9000)).toBe("Unplugged: 48 measurements wait in the press.");
  });
});

test("what is said aloud changes with what happens, and not with each figure", () => {
  let incident: Incident | undefined;
  const said = new Set<string>();
  for (let second = 0; second <= 20; second++) {
    const waiting = second < 12 ? second * 4 : Math.max(0, 48 - (second - 11) * 10);
    const state = withDelivery({ cable: second < 12 ? "unplugged" : "plugged" }, { waiting });
    incident = nextIncident(incident, state, second * 1000);
    said.add(announcementOf(state, incident));
  }
  expect([...said]).toEqual([
    "The press is unplugged.",
    "Plugged in again.",
    "Plugged in again: 44 delivered in 4.0 s, none lost.",
  ]);
});

test("the bar has room for what waits, and does not change while it drains", () => {
  fc.assert(
    fc.property(fc.nat(100_000), fc.nat(100_000), (kept, waiting) => {
      const incident = nextIncident(undefined, withDelivery({ cable: "unplugged" }, { waiting: kept }), 0);
      const room = roomOf(waiting, incident);
      expect(room).toBeGreaterThan(waiting);
      if (waiting <= kept) {
        expect(room).toBe(roomOf(0, incident));
      }
    }),
  );
});

import { describe, expect, test } from "vitest";
import { CONVEYOR } from "../../demo/contracts/conveyor.ts";
import { PRESS } from "../../demo/contracts/press.ts";
import { ROBOT } from "../../demo/contracts/robot.ts";
import { framesOf } from "../../demo/page/flow-picture/dots.ts";
import { newCalls, totalsOf } from "../../demo/page/flow-picture/new-calls.ts";
import { BOX_HEIGHT, layoutOf, otherPagesOf, wayOf } from "../../demo/page/flow-picture/places.ts";
import type { FlowCount } from "../../demo/plant-state.ts";
import fc, { runs } from "../support/properties.ts";

function flow(from: string, to: string, calls: number, eventId = "E"): FlowCount {
  return { from: { uuid: from, eventId }, to: { uuid: to, functionId: "F" }, calls };
}

describe("new calls", () => {
  const before = [flow(PRESS.uuid, "me", 5), flow(PRESS.uuid, "me", 1, "OTHER"), flow(PRESS.uuid, "you", 5)];

  test("are the differences, by their ends", () => {
    const after = [
      flow(PRESS.uuid, "me", 6),
      flow(PRESS.uuid, "me", 3, "OTHER"),
      flow(PRESS.uuid, "you", 5),
      flow(CONVEYOR.uuid, ROBOT.uuid, 2),
    ];
    expect(newCalls(before, after, "me")).toEqual([
      { from: "press", to: "page", count: 3 },
      { from: "conveyor", to: "robot", count: 2 },
    ]);
  });

  test("are none at first; a count that went back began anew", () => {
    expect(newCalls(undefined, before, "me")).toEqual([]);
    expect(newCalls(before, [flow(PRESS.uuid, "you", 2)], "me")).toEqual([
      { from: "press", to: "others", count: 2 },
    ]);
  });

  test("together are as many as were made", () => {
    const counts = fc.array(fc.tuple(fc.nat(1000), fc.nat(1000)), { maxLength: 8 });
    fc.assert(
      fc.property(counts, (each) => {
        const at = (index: 0 | 1) =>
          each.map(([first, more], id) => flow(PRESS.uuid, `page ${id}`, index === 0 ? first : first + more));
        const found = newCalls(at(0), at(1), "page 0").reduce((sum, { count }) => sum + count, 0);
        expect(found).toBe(each.reduce((sum, [, more]) => sum + more, 0));
        expect(totalsOf(at(1), "page 0").get("press")?.out ?? 0).toBe(
          each.reduce((sum, [first, more]) => sum + first + more, 0),
        );
      }),
    );
  });

  test("other pages are those that are neither machines nor this one", () => {
    expect(otherPagesOf(before, "me")).toBe(1);
    expect(otherPagesOf([flow(PRESS.uuid, CONVEYOR.uuid, 1)], "me")).toBe(0);
  });
});

describe("the layout", () => {
  const sizes = fc.tuple(fc.integer({ min: 280, max: 2400 }), fc.integer({ min: 0, max: 900 }), fc.nat(3));

  test("keeps all places inside, and apart from each other", () => {
    fc.assert(
      fc.property(sizes, ([width, room, others]) => {
        const { places, height, bus } = layoutOf(width, room, others);
        for (const { x, top, width: own } of places) {
          expect(x - own / 2).toBeGreaterThanOrEqual(0);
          expect(x + own / 2).toBeLessThanOrEqual(width);
          expect(top + BOX_HEIGHT).toBeLessThan(height);
          expect(top + BOX_HEIGHT < bus.y || top > bus.y).toBe(true);
        }
        for (const row of [places.slice(0, 3), places.slice(3)]) {
          for (const [index, { x, width: own }] of row.entries()) {
            const next = row[index + 1];
            if (next !== undefined) {
              expect(x + own / 2).toBeLessThan(next.x - next.width / 2);
            }
          }
        }
      }),
    );
  });

  test("each way leads over the bus, at the same speed all the way", () => {
    fc.assert(
      fc.property(sizes, ([width, room]) => {
        const layout = layoutOf(width, room, 1);
        for (const { id: from } of layout.places) {
          for (const { id: to } of layout.places) {
            const way = wayOf(layout, from, to) ?? [];
            expect(way).toHaveLength(4);
            const { frames, length } = framesOf(way);
            const offsets = frames.map(({ offset }) => offset as number);
            expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
            expect([offsets.at(0), offsets.at(-1)]).toEqual([0, 1]);
            expect(length).toBeGreaterThan(0);
          }
        }
      }),
      // Each tries all ways.
      { numRuns: runs(20) },
    );
    expect(wayOf(layoutOf(500, 300, 0), "press", "others")).toBeUndefined();
  });
});

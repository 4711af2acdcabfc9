import { describe, expect, test } from "vitest";
import { EventActivities } from "../../../src/broker/observing/event-activity.ts";
import { keepEvent } from "../../../src/broker/observing/kept-event.ts";
import { makeEvent } from "../../../src/broker/protocol/event.ts";

const START = 1_700_000_000_000;

/** An event of the service `u1`, that many milliseconds after the start. */
function add(
  activities: EventActivities,
  after: number,
  { uuid = "u1", eventId = "E1", dataText = "1" } = {},
) {
  const fields = { priority: undefined, postDate: undefined, correlationId: undefined };
  const event = makeEvent({ uuid, eventId, ...fields, dataText, receivedAt: START + after });
  activities.add(keepEvent(event, JSON.stringify({ uuid, eventId, dataText })));
}

function perSecond(activities: EventActivities, after: number): readonly number[] | undefined {
  return activities.get("u1", "E1", START + after)?.perSecond;
}

describe("the last minute of an event", () => {
  test("is counted second by second, oldest first", () => {
    const activities = new EventActivities();
    for (const after of [0, 10, 999, 1_000, 3_500]) {
      add(activities, after);
    }
    expect(perSecond(activities, 3_900)?.slice(-5)).toEqual([0, 3, 1, 0, 1]);
    expect(perSecond(activities, 5_000)?.slice(-5)).toEqual([1, 0, 1, 0, 0]);
    expect(perSecond(activities, 3_900)).toHaveLength(60);
  });

  test("leaves what is older behind, after a pause too", () => {
    const activities = new EventActivities();
    add(activities, 0);
    add(activities, 59_999);
    expect(perSecond(activities, 59_999)?.[0]).toBe(1);
    expect(perSecond(activities, 60_000)).toEqual([...Array(58).fill(0), 1, 0]);
    expect(perSecond(activities, 200_000)).toEqual([]);
    add(activities, 200_000);
    expect(perSecond(activities, 200_000)).toEqual([...Array(59).fill(0), 1]);
    expect(activities.get("u1", "E1", START)?.count).toBe(3);
  });

  test("goes on where it was when the clock is set back", () => {
    const activities = new EventActivities();
    add(activities, 10_000);
    add(activities, 2_000);
    expect(perSecond(activities, 2_000)?.at(-1)).toBe(2);
  });
});

test("what came last longest ago is forgotten when it is too much; what is left is whole", () => {
  const activities = new EventActivities(100_000);
  for (let index = 0; index < 1_000; index += 1) {
    add(activities, index * 1_000, { uuid: `u${index % 100}`, eventId: `E${index}`, dataText: '"text"' });
    add(activities, index * 1_000, { uuid: "busy", eventId: "E1" });
  }
  const now = START + 1_000_000;
  expect(activities.of("busy", now)).toMatchObject([{ eventId: "E1", count: 1_000 }]);
  expect(activities.get("u99", "E999", now)?.last.dataText).toBe('"text"');
  expect(activities.get("u0", "E0", now)).toBeUndefined();
  const kept = Array.from({ length: 100 }, (_, index) => activities.of(`u${index}`, now).length);
  const total = kept.reduce((sum, count) => sum + count, 0);
  expect(total).toBeGreaterThan(40);
  expect(total).toBeLessThan(85);
});

test("a service that is forgotten leaves room for others", () => {
  const activities = new EventActivities(10_000);
  for (let index = 0; index < 6; index += 1) {
    add(activities, index, { uuid: "gone", eventId: `E${index}` });
  }
  activities.forget("gone");
  expect(activities.of("gone", START)).toEqual([]);
  for (let index = 0; index < 6; index += 1) {
    add(activities, index, { uuid: "u1", eventId: `E${index}` });
  }
  expect(activities.of("u1", START)).toHaveLength(6);
});

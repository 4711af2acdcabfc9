// What the plant keeps for pages that were not open.
import { expect, test } from "vitest";
import { CONVEYOR } from "../../demo/contracts/conveyor.ts";
import { PRESS } from "../../demo/contracts/press.ts";
import { ROBOT } from "../../demo/contracts/robot.ts";
import { Recorder } from "../../demo/plant/recorder.ts";

const at = new Date(0).toISOString();
const measurement = (number: number) => ({
  number,
  temperature: 40,
  force: 200,
  speed: 60,
  strokes: number,
  at,
});
const belt = { speed: 30, partsOnBelt: 1, partsMoved: 2, at };
const arm = { state: "waiting", angle: 90, partsPlaced: 3, at };

function measured(number: number, receivedAt: number) {
  return { uuid: PRESS.uuid, eventId: "MEASURED", dataObject: measurement(number), receivedAt };
}

const numbers = (recorder: Recorder, from = 0) => recorder.from(from).press.map(({ state }) => state.number);

test("has the measurements of all machines in the order in which they came, and with when that was", () => {
  const recorder = new Recorder();
  recorder.add(measured(2, 1_000));
  recorder.add(measured(1, 1_500));
  recorder.add({ uuid: CONVEYOR.uuid, eventId: "BELT_STATE", dataObject: belt, receivedAt: 1_600 });
  recorder.add({ uuid: ROBOT.uuid, eventId: "ARM_STATE", dataObject: arm, receivedAt: 1_700 });
  expect(recorder.from(0)).toMatchObject({
    press: [
      { arrivedAt: 1_000, state: measurement(2) },
      { arrivedAt: 1_500, state: measurement(1) },
    ],
    conveyor: [{ arrivedAt: 1_600, state: belt }],
    robot: [{ arrivedAt: 1_700, state: arm }],
  });
});

test("whoever has it until some time gets only what came then and later", () => {
  const recorder = new Recorder();
  for (let number = 1; number <= 5; number += 1) {
    recorder.add(measured(number, number * 250));
  }
  expect(numbers(recorder, 750)).toEqual([3, 4, 5]);
  expect(recorder.from(recorder.from(0).until).press).toEqual([]);
});

test("keeps 15 minutes of the press and one of the others, however long the plant runs", () => {
  const recorder = new Recorder();
  for (let number = 1; number <= 10_000; number += 1) {
    recorder.add(measured(number, number * 250));
    recorder.add({ uuid: ROBOT.uuid, eventId: "ARM_STATE", dataObject: arm, receivedAt: number * 250 });
  }
  expect(numbers(recorder)).toHaveLength(3_600);
  expect(numbers(recorder).at(0)).toBe(6_401);
  expect(recorder.from(0).robot).toHaveLength(120);
});

test.each([
  ["another event", { eventId: "PART_PRESSED" }],
  ["an event of another service", { uuid: CONVEYOR.uuid }],
  ["a value that is none of a measurement", { dataObject: { ...measurement(1), temperature: "hot" } }],
  ["no value", { dataObject: undefined }],
])("does not take %s for a measurement", (_, different) => {
  const recorder = new Recorder();
  recorder.add({ ...measured(1, 1), ...different });
  expect(recorder.from(0).press).toEqual([]);
});

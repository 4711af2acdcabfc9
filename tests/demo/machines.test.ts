// `npm run demo` as a program: what its machines do.
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Alarm } from "../../demo/contracts/alarm.ts";
import { CELL, ROBOT } from "../../demo/contracts/robot.ts";
import { dashboardOf } from "../../demo/dashboard.ts";
import type { PlantState } from "../../demo/plant-state.ts";
import { Demo } from "../support/demo/demo.ts";
import { collectMeasurements, next } from "../support/demo/measurements.ts";

// Programs that start, crash and wait: seconds each, more where the machine has other work.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 150_000 });

let demo: Demo;
let watcher: Awaited<ReturnType<typeof collectMeasurements>>;

beforeAll(async () => {
  demo = await Demo.start();
  await demo.until("measuring", ({ delivery }) => delivery.delivered > 0, 120_000);
  watcher = await collectMeasurements((await demo.session()).msbUrl);
});

afterAll(async () => {
  await watcher?.[Symbol.asyncDispose]();
  await demo?.[Symbol.asyncDispose]();
});

describe("the machines", () => {
  test("measure, move and place parts, each part by flows from one to the next", async () => {
    const [{ number }] = await Promise.all([
      next(watcher.press, "MEASURED"),
      next(watcher.conveyor, "BELT_STATE"),
      next(watcher.robot, "ARM_STATE"),
    ]);
    expect(number).toBeGreaterThan(0);
    const placed: number[] = [];
    const stop = watcher.robot.on("PART_PLACED", ({ part }) => placed.push(part));
    const { part } = await next(watcher.press, "PART_PRESSED");
    await expect.poll(() => placed, { timeout: 60_000 }).toContain(part);
    stop();
    const calls = ({ flows }: PlantState, eventId: string, functionId: string) =>
      flows.find(({ from, to }) => from.eventId === eventId && to.functionId === functionId)?.calls ?? 0;
    await demo.until(
      "counted",
      (state) =>
        calls(state, "PART_PRESSED", "TAKE_PART") > 0 &&
        calls(state, "PART_ARRIVED", "PICK_PART") > 0 &&
        calls(state, "MEASURED", "press.MEASURED") > 0,
    );
  });

  test("the robot is behind a gateway", async () => {
    const { consoleUrl } = await demo.session();
    const response = await fetch(new URL(`/broker/services/${ROBOT.uuid}`, consoleUrl));
    expect(await response.json()).toMatchObject({ name: ROBOT.name, gateway: CELL.uuid });
  });

  test("the press takes a speed, and refuses one that is not possible", async () => {
    await expect(watcher.press.call("SET_SPEED", 90)).resolves.toBe(90);
    await expect.poll(async () => (await next(watcher.press, "MEASURED")).speed).toBe(90);
    await expect(watcher.press.call("SET_SPEED", 200)).rejects.toMatchObject({ code: "INVALID_VALUE" });
    await expect(watcher.press.call("SET_SPEED", 60)).resolves.toBe(60);
  });

  test("above its limit the press raises an alarm, which is acknowledged, told to who comes later, and ends", async () => {
    const alarms: Alarm[] = [];
    const stop = watcher.press.on("ALARM", (alarm) => alarms.push(alarm));
    expect(await setLimit(20)).toBe(204);
    await expect.poll(() => alarms.at(-1)).toMatchObject({ active: true, priority: "HIGH" });
    const { id, text } = alarms.at(-1) as Alarm;
    expect(text).toMatch(/^\d+\.\d °C, above the limit of 20 °C$/);
    await expect(watcher.press.call("ACKNOWLEDGE", id)).resolves.toMatchObject({
      id,
      acknowledged: true,
      active: true,
    });

    const late = dashboardOf("00000000-0000-4000-8000-00000000000f");
    await late.client.start((await demo.session()).msbUrl);
    const told = await next(late.press, "ALARM");
    await late.client.disconnect();
    expect(told).toMatchObject({ id, acknowledged: true, active: true });

    expect(await setLimit(110)).toBe(204);
    await expect.poll(() => alarms.at(-1)).toMatchObject({ id, active: false });
    await expect(watcher.press.call("ACKNOWLEDGE", "no such")).resolves.toMatchObject({ active: false });
    stop();
  });
});

test("a limit that is none is refused with what would be right, and one is not taken without the press", async () => {
  expect(await askFor(JSON.stringify("warm"))).toEqual([
    400,
    "The limit must be a number from 20 to 120 °C.",
  ]);
  expect(await askFor("1000")).toEqual([400, "The limit must be a number from 20 to 120 °C."]);
  expect(await askFor("{")).toEqual([400, "The limit must be a number, as JSON."]);
  await demo.do("unplug");
  await expect
    .poll(() => askFor("70"))
    .toEqual([400, "The press is not connected. Its limit can be set when it is back."]);
  await demo.do("plug");
  await expect.poll(() => setLimit(70)).toBe(204);
});

async function setLimit(value: number): Promise<number> {
  return (await demo.putLimit(JSON.stringify(value))).status;
}

async function askFor(body: string): Promise<[status: number, message: string]> {
  const response = await demo.putLimit(body);
  const { message } = (await response.json()) as { message: string };
  return [response.status, message];
}

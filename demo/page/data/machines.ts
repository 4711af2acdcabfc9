// What the machines say, and how old it is.
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import mitt from "mitt";
import { type BeltState, CONVEYOR } from "../../contracts/conveyor.ts";
import { type Measurement, PRESS } from "../../contracts/press.ts";
import { type ArmState, ROBOT } from "../../contracts/robot.ts";
import type { Dashboard } from "../../dashboard.ts";
import { clock, isFuture } from "./clock.ts";
import { type Sign, signOf } from "./sign.ts";

/** A value of a trend. */
export interface Point {
  /** When it was measured, in milliseconds since 1970. */
  readonly at: number;
  readonly value: number;
}

export interface Machine<State> {
  readonly id: string;
  readonly name: string;
  /** What was measured last. What is older and comes later changes nothing here. */
  readonly latest: Signal<State | undefined>;
  /** The main value over the last minute, by the time of measuring. */
  readonly trend: Signal<readonly Point[]>;
  readonly sign: ReadonlySignal<Sign>;
  /** When `latest` was measured, in milliseconds since 1970. */
  readonly measuredAt: ReadonlySignal<number | undefined>;
  /** @param arrivedAt in milliseconds since 1970 */
  receive(state: State, arrivedAt: number): void;
}

/** Each measurement of the press as it comes, late ones as well; and its changes of speed. */
export const pressEvents = mitt<{
  measured: { readonly measurement: Measurement; readonly at: number; readonly arrivedAt: number };
  speedChanged: { readonly speed: number; readonly at: number };
}>();

/** Of the press, in strokes per minute, as the press itself says; `undefined` until it does. */
export const pressSpeed = signal<number | undefined>(undefined);

const TREND_MS = 60_000;
const NEVER = { measured: 0, arrived: 0 } as const;

export const press = machine<Measurement>(PRESS, ({ temperature }) => temperature);
export const conveyor = machine<BeltState>(CONVEYOR, ({ speed }) => speed);
export const robot = machine<ArmState>(ROBOT, ({ partsPlaced }) => partsPlaced);

export const machines = [press, conveyor, robot] as const;

/** When the newest value of all was measured. */
export const lastDataAt = computed(() => {
  const all = machines.flatMap(({ measuredAt }) => measuredAt.value ?? []);
  return all.length === 0 ? undefined : Math.max(...all);
});

let speedKnownAt = 0;

export function followMachines(dashboard: Dashboard): void {
  dashboard.press.on("MEASURED", (measurement) => receiveMeasurement(measurement, clock.now()));
  dashboard.press.on("SPEED_CHANGED", (speed, { postDate }) => {
    const at = postDate === undefined ? clock.now() : Date.parse(postDate);
    learnSpeed(speed, at);
    pressEvents.emit("speedChanged", { speed, at });
  });
  dashboard.conveyor.on("BELT_STATE", (state) => conveyor.receive(state, clock.now()));
  dashboard.robot.on("ARM_STATE", (state) => robot.receive(state, clock.now()));
}

export function receiveMeasurement(measurement: Measurement, arrivedAt: number): void {
  const at = Date.parse(measurement.at);
  press.receive(measurement, arrivedAt);
  learnSpeed(measurement.speed, at);
  pressEvents.emit("measured", { measurement, at, arrivedAt });
}

function learnSpeed(speed: number, at: number): void {
  if (at >= speedKnownAt || isFuture(speedKnownAt)) {
    speedKnownAt = at;
    pressSpeed.value = speed;
  }
}

function machine<State extends { readonly at: string }>(
  { id, name }: { readonly id: string; readonly name: string },
  mainValue: (state: State) => number,
): Machine<State> {
  const latest = signal<State | undefined>(undefined);
  const trend = signal<readonly Point[]>([]);
  const times = signal<{ readonly measured: number; readonly arrived: number } | undefined>(undefined);
  return {
    id,
    name,
    latest,
    trend,
    sign: signOf(times),
    measuredAt: computed(() => times.value?.measured),
    receive(state, arrivedAt) {
      const at = Date.parse(state.at);
      const before = times.value === undefined || isFuture(times.value.measured) ? NEVER : times.value;
      const measured = Math.max(at, before.measured);
      times.value = { measured, arrived: Math.max(arrivedAt, before.arrived) };
      if (at === measured) {
        latest.value = state;
      }
      trend.value = withPoint(trend.value, { at, value: mainValue(state) });
    },
  };
}

function withPoint(known: readonly Point[], point: Point): readonly Point[] {
  // The clock of the plant was set back: the minute that is shown would end in the time to come.
  const points = isFuture(known.at(-1)?.at ?? 0) ? known.filter(({ at }) => !isFuture(at)) : known;
  const newest = points.at(-1);
  const from = Math.max(newest?.at ?? 0, point.at) - TREND_MS;
  const isNewest = newest === undefined || newest.at < point.at;
  // What was recorded comes twice to a page that has it already, as does what the press was at when it crashed.
  if (!isNewest && points.some(({ at }) => at === point.at)) {
    return points;
  }
  const all = [...points, point];
  if (!isNewest) {
    all.sort((a, b) => a.at - b.at);
  }
  return all.filter(({ at }) => at >= from);
}

// What the chart is drawn from, and what is chosen above it.
import { signal } from "@preact/signals";
import { readKept, writeKept } from "../data/kept.ts";
import { pressEvents } from "../data/machines.ts";
import { History } from "./history.ts";

export const history = new History();

/** Goes up with each measurement in the history, so that who draws it knows. */
export const recorded = signal(0);

export function keepHistory(): void {
  pressEvents.on("measured", ({ measurement, at, arrivedAt }) => {
    if (history.add(measurement, at, arrivedAt)) {
      recorded.value++;
    }
  });
}

export const MINUTES = [1, 5, 15] as const;

type Minutes = (typeof MINUTES)[number];

const KEPT_MINUTES = "plant-chart-minutes";

/** A plant that has just been started has not much to show: the shortest, until another one is chosen. */
export const minutes = signal<Minutes>(Number(readKept(KEPT_MINUTES, MINUTES.map(String)) ?? 1) as Minutes);

export function chooseMinutes(chosen: Minutes): void {
  minutes.value = chosen;
  writeKept(KEPT_MINUTES, String(chosen));
}

/** What the right axis is for. */
export type RightAxis = "speed" | "force";

export const rightAxis = signal<RightAxis>("speed");

export const UNITS = { temperature: "°C", speed: "strokes/min", force: "kN" } as const;

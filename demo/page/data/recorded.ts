// What the plant has recorded: a page that has just been opened, or was away, shows what it has not seen itself.
import { batch, computed, effect, signal } from "@preact/signals";
import type { Recorded } from "../../plant-state.ts";
import { clock } from "./clock.ts";
import { forDevelopers } from "./for-developers.ts";
import { conveyor, receiveMeasurement, robot } from "./machines.ts";
import { busState, session } from "./msb.ts";
import { plant } from "./plant.ts";

/** Before this, in milliseconds since 1970, nobody has recorded anything that this page could show. */
export const recordedSince = signal(clock.now());

/** Until when this page has what was recorded, by the clock of the plant. */
let until = 0;

/**
 * Asks as soon as the plant answers, and again whenever the bus is there: from then on the machines report to this page. What comes
 * both ways is the same, and shown once.
 */
export function followRecorded(): void {
  const reach = computed(() => {
    // The clocks have been compared before there is a session.
    if (plant.value === undefined || session.value === undefined) {
      return "nothing";
    }
    return busState.value.kind === "connected" ? "bus" : "plant";
  });
  let asked = Promise.resolve();
  effect(() => {
    if (reach.value !== "nothing") {
      asked = asked.then(takeRecorded).catch(forDevelopers);
    }
  });
}

async function takeRecorded(): Promise<void> {
  const response = await fetch(`plant/recorded?from=${until}`);
  if (!response.ok) {
    throw new Error(`What was recorded: ${response.status}`);
  }
  const recorded = (await response.json()) as Recorded;
  // This page knows nothing else yet, and its clock may have been wrong.
  const known = until === 0 ? recorded.since : recordedSince.value;
  until = recorded.until;
  batch(() => {
    for (const { state, arrivedAt } of recorded.press) {
      receiveMeasurement(state, arrivedAt);
    }
    for (const { state, arrivedAt } of recorded.conveyor) {
      conveyor.receive(state, arrivedAt);
    }
    for (const { state, arrivedAt } of recorded.robot) {
      robot.receive(state, arrivedAt);
    }
    recordedSince.value = Math.min(known, recorded.since);
  });
}

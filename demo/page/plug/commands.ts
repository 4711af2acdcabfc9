// What somebody does to the plant here: one thing at a time, and what became of it.
import { signal } from "@preact/signals";
import type { PlantCommand } from "../../plant-state.ts";
import { command } from "../data/plant.ts";

export const running = signal<PlantCommand | undefined>(undefined);

/** In an operator's words; `undefined` while nothing went wrong. */
export const failure = signal<string | undefined>(undefined);

const WHAT: Readonly<Record<PlantCommand, string>> = {
  plug: "The cable was not plugged in",
  unplug: "The cable was not unplugged",
  "half-open": "The cable is as it was",
  "crash-press": "The press was not crashed",
  "restart-broker": "The bus was not restarted",
};

export async function run(what: PlantCommand): Promise<void> {
  if (running.value !== undefined) {
    return;
  }
  running.value = what;
  failure.value = undefined;
  try {
    await command(what);
  } catch {
    // What a browser says of a request that failed is not for an operator.
    failure.value = `${WHAT[what]}: the plant does not answer. Is the demo still running?`;
  } finally {
    running.value = undefined;
  }
}

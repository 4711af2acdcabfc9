// What the page server says beside the MSB, and what it is asked to do to the plant.
import { signal } from "@preact/signals";
import type { PlantCommand, PlantState } from "../../plant-state.ts";

/** `undefined` until the page server has answered, and while it is away. */
export const plant = signal<PlantState | undefined>(undefined);

/** Milliseconds until the plant is asked again. */
const RETRY_INTERVAL = 2_000;

export function watchPlant(): void {
  const source = new EventSource("/plant");
  source.addEventListener("state", ({ data }) => {
    plant.value = JSON.parse(data);
  });
  source.addEventListener("error", () => {
    plant.value = undefined;
    // It connects again by itself, unless it was turned away, as while the demo starts.
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(watchPlant, RETRY_INTERVAL);
    }
  });
}

/** @throws {Error} (rejects) with words for the person who asked. */
export async function command(what: PlantCommand): Promise<void> {
  const { ok } = await fetch(`/plant/${what}`, { method: "POST" });
  if (!ok) {
    throw new Error("The plant did not do that. Is the demo still running?");
  }
}

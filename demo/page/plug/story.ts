// What has happened to the press lately, as far as this page has seen it.
import { effect, signal } from "@preact/signals";
import { clock } from "../data/clock.ts";
import { plant } from "../data/plant.ts";
import { type Incident, nextIncident } from "./incident.ts";

export const incident = signal<Incident | undefined>(undefined);

/** @returns what ends it */
export function followStory(): () => void {
  let isFirst = true;
  return effect(() => {
    const { value: state } = plant;
    if (state === undefined) {
      isFirst = true;
      return;
    }
    incident.value = nextIncident(incident.peek(), state, clock.now(), isFirst);
    isFirst = false;
  });
}

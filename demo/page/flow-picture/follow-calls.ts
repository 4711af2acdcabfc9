import { effect, type ReadonlySignal } from "@preact/signals";
import type { RefObject } from "preact";
import type { FlowCount } from "../../plant-state.ts";
import { dashboard } from "../data/msb.ts";
import { plant } from "../data/plant.ts";
import { sendDots } from "./dots.ts";
import { newCalls } from "./new-calls.ts";
import type { Layout } from "./places.ts";

const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");

/** A dot for each call that the plant tells of. Who wants no motion, or does not look, has the counters. @returns what ends it */
export function followCalls(
  layer: RefObject<SVGGElement | null>,
  layout: ReadonlySignal<Layout>,
): () => void {
  let before: readonly FlowCount[] | undefined;
  let drawnFor = "";
  return effect(() => {
    const flows = plant.value?.flows;
    const calls = flows === undefined ? [] : newCalls(before, flows, dashboard.peek()?.client.uuid);
    before = flows;
    const { width, height, places } = layout.value;
    const drawing = [width, height, places.length].join();
    if (drawing !== drawnFor) {
      drawnFor = drawing;
      // Their ways are elsewhere now.
      layer.current?.replaceChildren();
    }
    if (layer.current !== null && !document.hidden && !reducedMotion.matches) {
      sendDots(layer.current, layout.value, calls);
    }
  });
}

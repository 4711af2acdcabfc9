import { effect } from "@preact/signals";
import { activeAlarms } from "./data/alarms.ts";
import { busState } from "./data/msb.ts";

const NAME = "Plant";

/** What a tab in the background should still say. */
export function followTitle(): void {
  effect(() => {
    const { length: count } = activeAlarms.value;
    const said = [
      ...(busState.value.kind === "lost" || busState.value.kind === "refused" ? ["not connected"] : []),
      ...(count === 0 ? [] : [count === 1 ? "1 alarm" : `${count} alarms`]),
      NAME,
    ];
    document.title = said.join(" · ");
  });
}

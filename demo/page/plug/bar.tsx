import { plant } from "../data/plant.ts";
import { roomOf } from "./incident.ts";
import { incident } from "./story.ts";

/** As many measurements as wait in the press: it fills while nothing gets through, and drains. */
export function Bar() {
  const waiting = plant.value?.delivery.waiting ?? 0;
  const room = roomOf(waiting, incident.value);
  // One is just on its way, always: that is not something that waits.
  const share = waiting <= 1 ? 0 : waiting / room;
  return (
    <div class="plug-bar">
      <p class="plug-bar-words" id="plug-bar-name">
        <span>Kept in the press</span>
        <span>{waiting <= 1 ? "nothing has to wait" : `${waiting} measurements`}</span>
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a meter of the browser cannot be drained smoothly, nor coloured everywhere */}
      <div
        class="plug-bar-room"
        role="meter"
        aria-labelledby="plug-bar-name"
        aria-valuemin={0}
        aria-valuemax={room}
        aria-valuenow={waiting}
      >
        <div class="plug-bar-fill" style={{ transform: `scaleX(${share})` }} />
      </div>
    </div>
  );
}

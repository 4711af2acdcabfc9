import type { Cable, PlantCommand } from "../../plant-state.ts";
import { plant } from "../data/plant.ts";
import { run, running } from "./commands.ts";

const STATES: Readonly<Record<Cable, string>> = {
  plugged: "Plugged in",
  unplugged: "Unplugged",
  "half-open": "Looks plugged in, but is dead",
};

const NEXT: Readonly<Record<Cable, string>> = {
  plugged: "click to unplug",
  unplugged: "click to plug in",
  "half-open": "click to mend it",
};

const BUSY: Partial<Record<PlantCommand, string>> = { plug: "Plugging in …", unplug: "Unplugging …" };

/** What the switch does next is in its words as well: somebody who walks by should dare. */
export function CableSwitch() {
  const { cable } = plant.value ?? {};
  const busy = running.value && BUSY[running.value];
  return (
    <button
      type="button"
      role="switch"
      class="plug-switch"
      aria-checked={cable === "plugged"}
      aria-disabled={cable === undefined || running.value !== undefined}
      aria-describedby="plug-state"
      onClick={() => {
        if (cable !== undefined) {
          void run(cable === "plugged" ? "unplug" : "plug");
        }
      }}
    >
      <span class="plug-name">Network cable of the press</span>
      <Drawing cable={cable} />
      <span class="plug-state" id="plug-state">
        <strong>{busy ?? (cable === undefined ? "Not known" : STATES[cable])}</strong>
        {busy === undefined && cable !== undefined && <span>{NEXT[cable]}</span>}
      </span>
    </button>
  );
}

/** The press, its cable, and the socket of the bus. */
function Drawing({ cable = "plugged" }: { readonly cable: Cable | undefined }) {
  return (
    <svg class="plug-drawing" viewBox="0 0 320 80" data-cable={cable} aria-hidden="true">
      <g class="plug-press">
        <path d="M8 72V16a8 8 0 0 1 8-8h44a8 8 0 0 1 8 8v56" />
        <path d="M30 8v22h16V8M22 30h32v10H22z" />
        <path d="M2 72h72M18 62h40" />
      </g>
      <g class="plug-cable">
        <path d={cable === "unplugged" ? "M68 44c30 0 20 14 52 14" : "M68 44h84"} />
        <g class="plug-end">
          <path class="plug-head" d="M152 30h26a6 6 0 0 1 6 6v16a6 6 0 0 1-6 6h-26z" />
          <path d="M184 38h14M184 50h14" />
        </g>
      </g>
      <g class="plug-socket">
        <path class="plug-head" d="M200 26h24a6 6 0 0 1 6 6v24a6 6 0 0 1-6 6h-24z" />
        <path d="M230 44h26" />
        <rect x="256" y="14" width="58" height="60" rx="8" />
        <path d="M268 32h34M268 44h34M268 56h34" />
      </g>
      {cable === "half-open" && <path class="plug-dead" d="M98 32l24 24M122 32l-24 24" />}
    </svg>
  );
}

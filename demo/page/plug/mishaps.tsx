import type { PlantCommand, PlantState } from "../../plant-state.ts";
import { plant } from "../data/plant.ts";
import { run, running } from "./commands.ts";

interface Mishap {
  readonly command: PlantCommand;
  readonly name: string;
  readonly busy: string;
  readonly shows: string;
  /** Whether it makes no sense now. */
  isDone(state: PlantState): boolean;
}

const MISHAPS: readonly Mishap[] = [
  {
    command: "crash-press",
    name: "Crash the press",
    busy: "Crashing …",
    shows: "Its program is killed and started again: what waited is on its disk, and arrives.",
    isDone: ({ isPressRunning }) => !isPressRunning,
  },
  {
    command: "restart-broker",
    name: "Restart the bus",
    busy: "Restarting …",
    shows: "The bus is gone for a moment: all wait, and come back by themselves.",
    isDone: ({ isBrokerRunning }) => !isBrokerRunning,
  },
  {
    command: "half-open",
    name: "Dead cable",
    busy: "Cutting …",
    shows: "It looks plugged in, but nothing gets through (“half-open”): both ends find out.",
    isDone: ({ cable }) => cable === "half-open",
  },
];

/** Other things that happen in a plant. */
export function Mishaps() {
  return (
    <ul class="plug-mishaps">
      {MISHAPS.map(({ command, name, busy, shows, isDone }) => {
        const state = plant.value;
        const isOff = state === undefined || running.value !== undefined || isDone(state);
        return (
          <li key={command}>
            <button
              type="button"
              class="quiet"
              aria-disabled={isOff}
              aria-describedby={`plug-${command}`}
              onClick={() => {
                if (!isOff) {
                  void run(command);
                }
              }}
            >
              {running.value === command ? busy : name}
            </button>
            <span id={`plug-${command}`}>{shows}</span>
          </li>
        );
      })}
    </ul>
  );
}

// Whether a place can be reached, in the words that stand in it.
import { type Machine, machines } from "../data/machines.ts";
import { busState } from "../data/msb.ts";
import { plant } from "../data/plant.ts";
import type { PlaceId } from "./places.ts";

export interface PlaceState {
  readonly isAway: boolean;
  readonly words: string;
}

export function stateOf(id: PlaceId): PlaceState {
  if (id === "page") {
    return busState.value.kind === "connected"
      ? { isAway: false, words: "connected" }
      : { isAway: true, words: "not connected" };
  }
  if (id === "others") {
    // Whether they are connected, nobody tells this page; what they miss is kept for them.
    return { isAway: false, words: "the same data" };
  }
  if (id === "press" && plant.value !== undefined) {
    const { isPressRunning, cable } = plant.value;
    if (!isPressRunning) {
      return { isAway: true, words: "crashed" };
    }
    if (cable === "unplugged") {
      return { isAway: true, words: "unplugged" };
    }
  }
  const machine = machines.find((each) => each.id === id);
  return machine === undefined ? { isAway: true, words: "not known" } : stateOfMachine(machine);
}

function stateOfMachine({ sign }: Machine<never> | (typeof machines)[number]): PlaceState {
  switch (sign.value.level) {
    case "live":
      return { isAway: false, words: "live" };
    case "waiting":
      return { isAway: true, words: "waiting" };
    default:
      return { isAway: true, words: "no data" };
  }
}

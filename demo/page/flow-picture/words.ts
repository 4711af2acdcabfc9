// What events and functions are to an operator: their ids are for developers.
import { conveyor } from "../../contracts/conveyor.ts";
import { press } from "../../contracts/press.ts";
import { robot } from "../../contracts/robot.ts";
import type { FlowCount } from "../../plant-state.ts";
import { placeOf } from "./places.ts";

type Described = Readonly<Record<string, { readonly description: string }>>;

const MACHINES: Readonly<Record<string, { readonly events: Described; readonly functions: Described }>> = {
  press,
  conveyor,
  robot,
};

/** What happens. `undefined` if nobody has said it: the flow was made elsewhere. */
export function eventWords({ from: { uuid, eventId } }: FlowCount): string | undefined {
  return (
    MACHINES[placeOf(uuid, undefined)]?.events[eventId]?.description ??
    (partOfMachine(eventId, "functions") ? "Somebody asks for it" : undefined)
  );
}

/** What is done then. */
export function functionWords({ to: { uuid, functionId } }: FlowCount): string | undefined {
  return (
    MACHINES[placeOf(uuid, undefined)]?.functions[functionId]?.description ??
    (partOfMachine(functionId, "events") ? "Shows it" : undefined)
  );
}

/** A page's ends of its flows are called as those of the machine are, after the machine's name: press.SET_SPEED. */
function partOfMachine(id: string, kind: "events" | "functions"): boolean {
  const [machine = "", ofMachine = ""] = id.split(".");
  return MACHINES[machine]?.[kind][ofMachine] !== undefined;
}

import type { CheckedEvent, CheckedFunction } from "../../core/self-description/index.ts";

/** A flow that a counterpart needs: every event `from` becomes a call of the function `to`. The broker's `addFlow()` takes it. */
export interface MachineFlow {
  readonly from: { readonly uuid: string; readonly eventId: string };
  readonly to: { readonly uuid: string; readonly functionId: string };
  /** JSON pointers into the parameters of the call, and into the event from which their values come. */
  readonly mapping?: Readonly<Record<string, string>>;
}

/** A value that a flow carries: the steps to it in the event, and in the parameters of the call. */
interface CarriedValue {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** A flow, and what a document of the MSB says besides. */
export interface PlannedFlow {
  readonly flow: MachineFlow;
  /** What it carries of that which the contract describes. */
  readonly carried: readonly CarriedValue[];
  readonly event: CheckedEvent;
  readonly function: CheckedFunction;
  /** Which of the two ends is the machine. */
  readonly isFromMachine: boolean;
}

const WHOLE: CarriedValue = { from: ["dataObject"], to: ["dataObject"] };

/** The way of an event of the machine to this service. */
export function eventFlow(
  from: MachineFlow["from"],
  to: MachineFlow["to"],
  event: CheckedEvent,
  description: CheckedFunction,
): PlannedFlow {
  return {
    // The parameter postDate is not declared: a flow that does not pass it on, drawn by hand for example, fits all the same.
    flow: { from, to, mapping: { "/dataObject": "/dataObject", "/postDate": "/postDate" } },
    carried: event.dataFormat.json === undefined ? [] : [WHOLE],
    event,
    function: description,
    isFromMachine: true,
  };
}

/** The way of a call of this service to a function of the machine. */
export function callFlow(
  from: MachineFlow["from"],
  to: MachineFlow["to"],
  event: CheckedEvent,
  description: CheckedFunction,
  parameterNames: readonly string[],
): PlannedFlow {
  const named = parameterNames.map((name) => ({ from: ["dataObject", name], to: [name] }));
  const whole = description.dataFormat.json === undefined ? [] : [WHOLE];
  const mapping = Object.fromEntries(named.map((value) => [pointerOf(value.to), pointerOf(value.from)]));
  return {
    // Without a mapping the value of the event is that of the call.
    flow: { from, to, ...(named.length === 0 ? {} : { mapping }) },
    carried: description.hasNamedParameters ? named : whole,
    event,
    function: description,
    isFromMachine: false,
  };
}

/** Steps as a JSON pointer; names of parameters have nothing in them that would need escaping. */
export function pointerOf(steps: readonly string[]): string {
  return `/${steps.join("/")}`;
}

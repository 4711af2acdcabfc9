import type { CheckedEvent, CheckedFunction } from "../../core/self-description/index.ts";
import type { AnyContract } from "../contract/contract.ts";
import { eventFor } from "./called-function.ts";
import type { CounterpartNames } from "./counterpart-options.ts";
import { callFlow, eventFlow, type PlannedFlow } from "./flows.ts";

/** What a counterpart adds to its service, and the flows between the two. */
export interface CounterpartPlan {
  /** For each event of the machine the function that it becomes a call of. */
  readonly received: readonly { readonly event: CheckedEvent; readonly function: CheckedFunction }[];
  /** For each function of the machine the event that becomes a call of it. */
  readonly called: readonly { readonly function: CheckedFunction; readonly event: CheckedEvent }[];
  readonly flows: readonly PlannedFlow[];
}

/** @param ownUuid that of the service */
export function planCounterpart(
  contract: AnyContract,
  ownUuid: string,
  { uuid, id, name }: CounterpartNames,
): CounterpartPlan {
  const { checked } = contract;
  const ownId = (theirs: string): string => `${id}.${theirs}`;
  const received = checked.events.map((event) => ({
    event,
    function: {
      functionId: ownId(event.eventId),
      name: `${name}: ${event.name}`,
      description: event.description,
      dataFormat: event.dataFormat,
      hasNamedParameters: false,
      responseEventIds: [],
    },
  }));
  const called = checked.functions.map((description) => {
    const { functionId } = description;
    const fields = {
      eventId: ownId(functionId),
      name: `${name}: ${description.name}`,
      description: description.description,
    };
    const parameterNames = description.hasNamedParameters ? parameterNamesOf(contract, functionId) : [];
    return { function: description, event: eventFor(description, fields, parameterNames), parameterNames };
  });
  const flows = [
    ...received.map(({ event, function: own }) =>
      eventFlow({ uuid, eventId: event.eventId }, { uuid: ownUuid, functionId: own.functionId }, event, own),
    ),
    ...called.map(({ event, function: theirs, parameterNames }) =>
      callFlow(
        { uuid: ownUuid, eventId: event.eventId },
        { uuid, functionId: theirs.functionId },
        event,
        theirs,
        parameterNames,
      ),
    ),
  ];
  return { received, called, flows };
}

function parameterNamesOf({ functions }: AnyContract, functionId: string): readonly string[] {
  const entry: object | string | null | undefined = functions[functionId];
  const parameters: unknown =
    typeof entry === "object" && entry !== null && "parameters" in entry ? entry.parameters : undefined;
  return Object.keys(parameters ?? {});
}

import { throwIssues } from "../../core/validation/issues.ts";
import { Counterpart } from "../counterpart/counterpart.ts";
import { type CheckedContract, checkContract, checkGroups } from "./check-contract.ts";
import type { Contract, ContractClient, ContractService } from "./contract.ts";
import type { EventEntries, FunctionEntries, ParameterEntries, ValidEntries } from "./entries.ts";
import { implementContract } from "./implement.ts";

class MadeContract<
  Events extends EventEntries,
  Functions extends FunctionEntries,
  Parameters extends ParameterEntries,
> implements Contract<Events, Functions, Parameters>
{
  readonly events: Events;
  readonly functions: Functions;
  readonly parameters: Parameters;
  readonly checked: CheckedContract;

  constructor(events: Events, functions: Functions, parameters: Parameters) {
    this.events = events;
    this.functions = functions;
    this.parameters = parameters;
    const { checked, issues } = checkContract({ events, functions, parameters });
    throwIssues("The contract", issues);
    this.checked = checked;
  }

  implementOn(service: ContractService, handlers: unknown): object {
    return implementContract(service, this, handlers);
  }

  counterpartOn(service: ContractService, client: ContractClient, options: unknown): object {
    return new Counterpart(service, client, this, options);
  }
}

/**
 * Describes what a machine and its users have agreed on: its events, functions and configuration parameters, by their ids.
 * The machine calls `implement()` with it, and its users call `counterpart()`. It needs no client, so both
 * ends, and tests, import it from a file of its own.
 *
 * An entry is an object, or just its data format; `null` says that there is no payload.
 * @throws {MsbDefinitionError} at once, listing everything that is wrong.
 * @example
 * const machine = contract({
 *   events: {
 *     MEASURED: { name: "Measured", dataFormat: z.object({ celsius: z.number() }), priority: "HIGH" },
 *     SPEED_CHANGED: z.int32(),
 *     STOPPED: null,
 *     FAILED: DataType.STRING,
 *   },
 *   functions: {
 *     SET_SPEED: { dataFormat: z.int32(), responds: "SPEED_CHANGED" },
 *     STOP: { responds: ["STOPPED", "FAILED"] },
 *     MOVE: { parameters: { axis: z.enum(["x", "y"]), distance: DataType.DOUBLE } },
 *   },
 *   parameters: { limit: { type: DataType.INT32, value: 80 } },
 * });
 */
export function contract<
  const Events extends EventEntries = Record<never, never>,
  const Functions extends FunctionEntries<keyof Events & string> = Record<never, never>,
  const Parameters extends ParameterEntries = Record<never, never>,
>(definition: {
  readonly events?: ValidEntries<Events>;
  readonly functions?: ValidEntries<Functions>;
  readonly parameters?: Parameters;
}): Contract<Events, Functions, Parameters> {
  checkGroups(definition);
  const { events, functions, parameters } = definition;
  return new MadeContract(
    (events ?? {}) as Events,
    (functions ?? {}) as Functions,
    (parameters ?? {}) as Parameters,
  );
}

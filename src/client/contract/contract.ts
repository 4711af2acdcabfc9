import type { DataTypeName } from "../../core/data-format/index.ts";
import type { CheckedEvent, CheckedFunction, SelfDescription } from "../../core/self-description/index.ts";
import { mustBe } from "../../core/validation/describe-value.ts";
import { throwIssues } from "../../core/validation/issues.ts";
import type { Clock } from "../../support/clock.ts";
import type { Unsubscribe } from "../../support/emitter.ts";
import type { MsbError } from "../../support/errors.ts";
import type { UnheardFailures } from "../../support/unheard-failures.ts";
import type { AnyHandler, OnUnreadable } from "../calls.ts";
import type { MsbEvent } from "../event.ts";
import type { MsbFunction } from "../function-handle.ts";
import type { CheckedContract } from "./check-contract.ts";
import type { EventEntries, FunctionEntries, ParameterEntries } from "./entries.ts";

/**
 * What a machine and its users have agreed on; made by `contract()`. Pure data for its users. It brings the code of both
 * ends along, so that pages without a contract do without that.
 */
export interface Contract<
  out Events extends EventEntries = EventEntries,
  out Functions extends FunctionEntries = FunctionEntries,
  out Parameters extends ParameterEntries = ParameterEntries,
> {
  /** The events that the machine publishes, by eventId, as they were given. */
  readonly events: Events;
  /** The functions that the machine offers, by functionId. */
  readonly functions: Functions;
  /** Its configuration parameters, by name. */
  readonly parameters: Parameters;
  /** @internal Ready for use, by both ends and any number of clients. */
  readonly checked: CheckedContract;
  /** @internal @returns a `Device` */
  implementOn(service: ContractService, handlers: unknown): object;
  /** @internal @returns a `Counterpart` */
  counterpartOn(service: ContractService, client: ContractClient, options: unknown): object;
}

/** A contract, whatever is in it. */
export type AnyContract = Contract<EventEntries, FunctionEntries, ParameterEntries>;

/** What a contract needs of the service that takes one of its ends. */
export interface ContractService {
  readonly selfDescription: SelfDescription;
  addCheckedEvent(event: CheckedEvent): MsbEvent;
  addCheckedFunction(
    description: CheckedFunction,
    handler: AnyHandler,
    onUnreadable?: OnUnreadable,
  ): MsbFunction;
  addConfigParameter(name: string, value: never, type: DataTypeName): object;
  removeEvent(eventId: string): void;
}

/** And of the client that the service belongs to. */
export interface ContractClient {
  readonly settings: { readonly cached: boolean };
  readonly clock: Clock;
  readonly failures: UnheardFailures;
  report(error: MsbError): void;
  /** Calls back whenever the connection has ended for good; with the error, if nobody asked for that. */
  onDisconnected(listener: (error: MsbError | undefined) => void): Unsubscribe;
}

/** @throws {MsbDefinitionError} if it was not made by `contract()`. */
export function readContract(value: AnyContract, subject: string): AnyContract {
  const { implementOn, counterpartOn } = Object(value) as Partial<AnyContract>;
  // Not by its class: another copy of the package may have made it.
  if (typeof implementOn !== "function" || typeof counterpartOn !== "function") {
    throwIssues(subject, [{ path: "contract", message: mustBe("what contract() returned", value) }]);
  }
  return value;
}

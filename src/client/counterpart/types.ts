import type { AnyContract } from "../contract/contract.ts";
import type { EntryFieldOf } from "../contract/entries.ts";
import type {
  EventIdOf,
  EventValueOf,
  FunctionIdOf,
  FunctionValueOf,
  OnlyResponseIdOf,
  ResponseIdOf,
} from "../contract/types.ts";
import type { ValueAndOptions } from "../event.ts";
import type { MachineCallOptions } from "./call-options.ts";

/** What comes with the value of a machine's event. */
export interface MachineEventInfo {
  readonly eventId: string;
  /** Ties events and calls of one flow together. */
  readonly correlationId: string | undefined;
  /** When it happened, ISO 8601; `undefined` if the flow does not pass it on (those of the MSB's own documents do not). */
  readonly postDate: string | undefined;
}

/** The last value of an event, and how old it is. */
export interface LastValue<Value> extends MachineEventInfo {
  readonly value: Value;
  /** Milliseconds since it arrived here. */
  readonly age: number;
}

/** Named parameters, those that may be `undefined` left out. */
export type ParameterValuesOf<Values> = {
  [Name in keyof Values as undefined extends Values[Name] ? never : Name]: Values[Name];
} & {
  [Name in keyof Values as undefined extends Values[Name] ? Name : never]?: Values[Name];
};

/** What `call()` takes as the value of a function. */
export type CallValueOf<C extends AnyContract, Id extends FunctionIdOf<C>> =
  EntryFieldOf<C["functions"][Id], "parameters"> extends object
    ? ParameterValuesOf<FunctionValueOf<C, Id>>
    : FunctionValueOf<C, Id>;

/** The arguments of `call()` behind the functionId; a function without payload has none but the options. */
export type CallArguments<C extends AnyContract, Id extends FunctionIdOf<C>> = ValueAndOptions<
  CallValueOf<C, Id>,
  MachineCallOptions
>;

/** One of several answers: `eventId` says which. */
export type CallAnswer<C extends AnyContract, EventId extends string> =
  EventId extends EventIdOf<C>
    ? { readonly eventId: EventId; readonly value: EventValueOf<C, EventId> }
    : never;

/** What `call()` resolves to. */
export type CallResult<C extends AnyContract, Id extends FunctionIdOf<C>> =
  OnlyResponseIdOf<C, Id> extends infer EventId extends string
    ? EventValueOf<C, EventId>
    : [ResponseIdOf<C, Id>] extends [never]
      ? undefined
      : CallAnswer<C, ResponseIdOf<C, Id>>;

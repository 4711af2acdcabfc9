import type { $ZodType } from "zod/v4/core";
import type {
  ComplexDataFormat,
  DataTypeName,
  ParametersOf,
  PayloadOf,
  ValueOf,
  ValueOfDataType,
} from "../../core/data-format/index.ts";
import type { ConfigParameter } from "../config-parameter.ts";
import type { MsbEvent, PublishArguments } from "../event.ts";
import type { FunctionCall, HandlerResult, ParameterDefinitions } from "../function.ts";
import type { MsbFunction } from "../function-handle.ts";
import type { PublishResult } from "../publication.ts";
import type { AnyContract } from "./contract.ts";
import type { EntryFieldOf } from "./entries.ts";

/** The payload that an entry stands for or describes. */
export type PayloadOfEntry<Entry> = Entry extends $ZodType | DataTypeName | ComplexDataFormat | null
  ? ValueOf<Entry>
  : "dataObject" extends keyof Entry
    ? // biome-ignore lint/suspicious/noExplicitAny: formats given as JSON have no static type
      any
    : PayloadOf<EntryFieldOf<Entry, "dataFormat">, EntryFieldOf<Entry, "isArray">>;

/** The eventIds of a contract. */
export type EventIdOf<C extends AnyContract> = keyof C["events"] & string;
/** The functionIds of a contract. */
export type FunctionIdOf<C extends AnyContract> = keyof C["functions"] & string;

/** The payload of an event of a contract. */
export type EventValueOf<C extends AnyContract, Id extends keyof C["events"]> = PayloadOfEntry<
  C["events"][Id]
>;

/** The named parameters of an entry, as values; `undefined` if it has none. */
export type ParametersOfEntry<Entry> =
  EntryFieldOf<Entry, "parameters"> extends infer Parameters extends ParameterDefinitions
    ? ParametersOf<Parameters>
    : undefined;

/** What a call of a function brings: its payload, or its named parameters as an object; `undefined` for neither. */
export type FunctionValueOf<C extends AnyContract, Id extends keyof C["functions"]> =
  ParametersOfEntry<C["functions"][Id]> extends infer Parameters extends object
    ? Parameters
    : PayloadOfEntry<C["functions"][Id]>;

/** What a function of a contract says in `responds`. */
export type RespondsOf<C extends AnyContract, Id extends keyof C["functions"]> = EntryFieldOf<
  C["functions"][Id],
  "responds"
>;

/** The eventIds that a call of a function may be answered with. */
export type ResponseIdOf<C extends AnyContract, Id extends keyof C["functions"]> =
  RespondsOf<C, Id> extends infer Responds
    ? Responds extends string
      ? Responds
      : Responds extends readonly (infer EventId extends string)[]
        ? EventId
        : never
    : never;

/** The eventId of the only response event; `undefined` if there are none or several. */
export type OnlyResponseIdOf<C extends AnyContract, Id extends keyof C["functions"]> =
  RespondsOf<C, Id> extends infer Responds
    ? Responds extends string
      ? Responds
      : Responds extends readonly [infer EventId extends string]
        ? EventId
        : undefined
    : undefined;

/** What the handler of a function of a contract gets: the same as every handler, and `respond` takes the events that `responds` names. */
export interface ContractCall<C extends AnyContract, Id extends keyof C["functions"]>
  extends Omit<FunctionCall<unknown, unknown>, "dataObject" | "parameters" | "respond"> {
  /** The payload; `undefined` for a function without payload or with named parameters. */
  readonly dataObject: ParametersOfEntry<C["functions"][Id]> extends object
    ? undefined
    : PayloadOfEntry<C["functions"][Id]>;
  /** The named parameters; for other functions `{ dataObject }`, as it came. */
  readonly parameters: ParametersOfEntry<C["functions"][Id]> extends infer Parameters extends object
    ? Parameters
    : Readonly<Record<string, unknown>>;
  /**
   * Publishes one of the response events, with the correlation id of the call. It waits out a lost connection
   * (`cached: true`) unless the options say otherwise.
   * @example
   * const heater = contract({
   *   events: { HEATED: null, FAILED: z.string() },
   *   functions: { HEAT: { dataFormat: z.number(), responds: ["HEATED", "FAILED"] } },
   * });
   * client.implement(heater, {
   *   HEAT: async ({ dataObject, respond }) => {
   *     await (dataObject < 300 ? respond("HEATED") : respond("FAILED", "too hot"));
   *   },
   * });
   */
  respond<EventId extends ResponseIdOf<C, Id>>(
    eventId: EventId,
    ...args: PublishArguments<EventValueOf<C, EventId>>
  ): Promise<PublishResult>;
}

/** The handlers of all functions of a contract, by functionId. */
export type ContractHandlers<C extends AnyContract> = {
  readonly [Id in FunctionIdOf<C>]: (
    call: ContractCall<C, Id>,
  ) => OnlyResponseIdOf<C, Id> extends infer EventId extends string
    ? HandlerResult<readonly [MsbEvent<EventValueOf<C, EventId>>]>
    : unknown;
};

/** The last arguments of `implement()`: a contract without functions needs no handlers. */
export type HandlerArguments<C extends AnyContract> = [FunctionIdOf<C>] extends [never]
  ? [handlers?: ContractHandlers<C>]
  : [handlers: ContractHandlers<C>];

/** The machine's end of a contract: what `implement()` returns. */
export interface Device<C extends AnyContract> {
  readonly contract: C;
  /** By eventId. */
  readonly events: { readonly [Id in EventIdOf<C>]: MsbEvent<EventValueOf<C, Id>> };
  /** By functionId. */
  readonly functions: { readonly [Id in FunctionIdOf<C>]: MsbFunction<ContractHandlers<C>[Id]> };
  /** By name. */
  readonly parameters: {
    readonly [Name in keyof C["parameters"]]: ConfigParameter<ValueOfDataType<C["parameters"][Name]["type"]>>;
  };
}

import type {
  DataFormatDefinition,
  ParametersOf,
  PayloadOf,
  ValidDataFormat,
  ValidDataFormats,
} from "../core/data-format/index.ts";
import type { MsbEvent, PublishArguments } from "./event.ts";
import type { PublishResult } from "./publication.ts";

/** Named parameters of a function: a data format for each. */
export type ParameterDefinitions = Readonly<Record<string, DataFormatDefinition>>;

/** The values of named parameters; for other functions the parameters as they came. */
export type ParameterValues<Parameters> = Parameters extends ParameterDefinitions
  ? ParametersOf<Parameters>
  : Readonly<Record<string, unknown>>;

/** What a handler gets; the same shape for every function. */
export interface FunctionCall<Value = unknown, Parameters = Readonly<Record<string, unknown>>> {
  /** The payload; `undefined` for a function without payload or with named parameters. */
  readonly dataObject: Value;
  /** The named parameters; for other functions `{ dataObject }`, as it came. */
  readonly parameters: Parameters;
  /** Ties events and calls of one flow together; what the caller gave. */
  readonly correlationId: string | undefined;
  /** As it was added, without the slash that an MSB may put before it. */
  readonly functionId: string;
  /**
   * Publishes an event as a response: with the correlation id of the call. It waits out a lost connection
   * (`cached: true`) unless the options say otherwise.
   * @example
   * client.addFunction("HEAT", "Heat up", null, DataType.DOUBLE, async ({ dataObject, respond }) => {
   *   await respond("HEATING", dataObject);
   *   await respond(temperature, press.celsius);
   * }, false, ["HEATING", temperature]);
   */
  respond<EventValue>(
    event: MsbEvent<EventValue>,
    ...args: PublishArguments<NoInfer<EventValue>>
  ): Promise<PublishResult>;
  /** The same, by the eventId: what the compiler knows of the event is then not checked. */
  respond(eventId: string, ...args: PublishArguments<unknown>): Promise<PublishResult>;
}

/** `responseEvents`: events, or the ids of events. */
// biome-ignore lint/suspicious/noExplicitAny: the events of a list differ in their payloads
export type ResponseEvents = readonly (MsbEvent<any> | string)[];

/**
 * With one response event, what the handler returns is published as that event; otherwise it is not looked at. It may also
 * return what `respond` or `publish` resolves to, which is not published.
 */
export type HandlerResult<Responses> = Responses extends readonly [MsbEvent<infer Value>]
  ? HandlerReturn<Value> | Promise<HandlerReturn<Value>>
  : unknown;

/** What a handler may give back for its one response event: the value, what publishing it gave, or nothing. */
// biome-ignore lint/suspicious/noConfusingVoidType: a handler may also return nothing
export type HandlerReturn<Value> = Value | PublishResult | undefined | void;

/** What is called when a call of a function arrives. */
export type FunctionHandler<Value, Parameters, Responses> = (
  call: FunctionCall<Value, Parameters>,
) => HandlerResult<Responses>;

/** A function that a service offers. `null` is the same as leaving it out. */
export interface FunctionDefinition<
  Format extends DataFormatDefinition | undefined = DataFormatDefinition | undefined,
  IsArray extends boolean = boolean,
  Parameters extends ParameterDefinitions | undefined = ParameterDefinitions | undefined,
  Responses extends ResponseEvents = ResponseEvents,
> {
  /** Unique among the functions of the service. */
  functionId: string;
  /** @default the functionId */
  name?: string | null;
  /** @default "" */
  description?: string | null;
  /** What the payload of a call looks like; `null` or left out: no payload. */
  dataFormat?: ValidDataFormat<Format>;
  /** Whether the payload is an array of `dataFormat`. @default false */
  isArray?: IsArray | null;
  /** Named parameters, instead of `dataFormat`. */
  parameters?: Format extends null | undefined ? ValidDataFormats<Parameters> | null : null;
  /** The events that a call may be answered with: what `addEvent()` returned, or eventIds. */
  responseEvents?: Responses | null;
  /**
   * Runs at each call, one call not waiting for another, up to `maxConcurrentCalls` at a time.
   *
   * With exactly one response event, the value it returns (or that its promise resolves to) is published as that event,
   * unless `respond` was called for it: a call is answered once. `undefined` publishes nothing, unless that event has no
   * payload and nothing was responded. What `respond` and `publish` resolve to is never published: it counts as `undefined`.
   *
   * If it throws, the error goes to the `error` listeners or the log, and the connection goes on.
   */
  handler: FunctionHandler<PayloadOf<Format, IsArray>, ParameterValues<Parameters>, Responses>;
}

import type { CallMessage, ConfigurationMessage } from "../core/codec/index.ts";
import type {
  DataFormatDefinition,
  DataTypeName,
  PayloadOf,
  ValidDataFormat,
  ValueOfDataType,
} from "../core/data-format/index.ts";
import {
  type CheckedEvent,
  type CheckedFunction,
  checkEvent,
  checkFunction,
  type EventDefinition,
  type EventReference,
  type Identity,
  type Priority,
  SelfDescription,
  type SelfDescriptionJson,
} from "../core/self-description/index.ts";
import { quote } from "../support/clip.ts";
import type { Unsubscribe } from "../support/emitter.ts";
import { asMsbError, MsbError } from "../support/errors.ts";
import type { AnyHandler, OnUnreadable } from "./calls.ts";
import { type ConfigChange, ConfigParameter } from "./config-parameter.ts";
import { type AnyContract, readContract } from "./contract/contract.ts";
import type { Device, EventValueOf, HandlerArguments } from "./contract/types.ts";
import type { Counterpart } from "./counterpart/counterpart.ts";
import type { CounterpartOptions } from "./counterpart/counterpart-options.ts";
import { MsbEvent, type PublishArguments } from "./event.ts";
import type {
  FunctionDefinition,
  FunctionHandler,
  ParameterDefinitions,
  ParameterValues,
  ResponseEvents,
} from "./function.ts";
import type { MsbFunction } from "./function-handle.ts";
import { byPosition } from "./positional.ts";
import type { PublishResult } from "./publication.ts";
import { type PublishOptions, readPublishArguments } from "./publish-options.ts";
import { ServiceFunctions } from "./service-functions.ts";
import type { ServiceHost } from "./service-host.ts";

/**
 * A service: its events, functions and configuration parameters. An `MsbClient` is one.
 * @typeParam C the contract that it implements, for `publish()` by id: `new MsbClient<typeof press>(…)`
 */
export class MsbService<C extends AnyContract = AnyContract> {
  /** @internal */
  readonly selfDescription: SelfDescription;
  readonly #host: ServiceHost;
  // Made for what is added first.
  #functions: ServiceFunctions | undefined;
  #events: Map<string, MsbEvent> | undefined;

  /** @internal */
  constructor(identity: Identity, host: ServiceHost) {
    this.selfDescription = new SelfDescription(identity);
    this.#host = host;
  }

  /** The uuid of its identity: calls and configurations name the service by it. */
  get uuid(): string {
    return this.selfDescription.identity.uuid;
  }

  /**
   * Adds an event that this service can publish, by an object or by position.
   * Added after `register()`: the client registers again by itself.
   * @throws {MsbDefinitionError} at once, listing everything that is wrong with the definition.
   * @example
   * const Reading = z.object({ celsius: z.number(), at: z.iso.datetime() }).meta({ id: "Reading" });
   * const reading = client.addEvent({ eventId: "READING", dataFormat: Reading, priority: "HIGH" });
   * const alarm = service.addEvent("ALARM", "Alarm", "The press has stopped"); // by position; no payload
   */
  addEvent<Format extends DataFormatDefinition | undefined = undefined, IsArray extends boolean = false>(
    definition: EventDefinition<Format, IsArray>,
  ): MsbEvent<PayloadOf<Format, IsArray>>;
  addEvent<Format extends DataFormatDefinition | undefined = undefined, IsArray extends boolean = false>(
    eventId: string,
    name?: string | null,
    description?: string | null,
    dataFormat?: ValidDataFormat<Format>,
    priority?: Priority | null,
    isArray?: IsArray | null,
  ): MsbEvent<PayloadOf<Format, IsArray>>;
  // biome-ignore lint/suspicious/noExplicitAny: the overloads say what it is
  addEvent(first: EventDefinition | string, ...rest: readonly unknown[]): MsbEvent<any> {
    const checked = checkEvent(
      typeof first === "string"
        ? byPosition<EventDefinition>(
            "eventId",
            first,
            ["name", "description", "dataFormat", "priority", "isArray"],
            rest,
          )
        : first,
    );
    return this.addCheckedEvent(checked);
  }

  /**
   * Adds a function that the MSB can call, by an object or by position. Its response events have to be added before.
   * Added after `register()`: the client registers again by itself.
   * @throws {MsbDefinitionError} at once, listing everything that is wrong with the definition.
   * @example
   * client.addFunction({
   *   functionId: "SET_SPEED", dataFormat: z.int32(), responseEvents: [speedChanged],
   *   handler: ({ dataObject }) => press.setSpeed(dataObject), // what it resolves to is published
   * });
   */
  addFunction<
    Format extends DataFormatDefinition | undefined = undefined,
    IsArray extends boolean = false,
    const Parameters extends ParameterDefinitions | undefined = undefined,
    const Responses extends ResponseEvents = readonly [],
  >(
    definition: FunctionDefinition<Format, IsArray, Parameters, Responses>,
  ): MsbFunction<FunctionHandler<PayloadOf<Format, IsArray>, ParameterValues<Parameters>, Responses>>;
  addFunction<
    Format extends DataFormatDefinition | undefined = undefined,
    IsArray extends boolean = false,
    const Responses extends ResponseEvents = readonly [],
  >(
    functionId: string,
    name: string | null,
    description: string | null,
    dataFormat: ValidDataFormat<Format>,
    handler: FunctionDefinition<Format, IsArray, undefined, Responses>["handler"],
    isArray?: IsArray | null,
    responseEvents?: Responses | null,
  ): MsbFunction<FunctionHandler<PayloadOf<Format, IsArray>, ParameterValues<undefined>, Responses>>;
  addFunction(first: object | string, ...rest: readonly unknown[]): MsbFunction {
    const keys = ["name", "description", "dataFormat", "handler", "isArray", "responseEvents"];
    const definition = (
      typeof first === "string" ? byPosition("functionId", first, keys, rest) : first
    ) as FunctionDefinition;
    const checked = checkFunction(definition, (event) => this.#hasEvent(event));
    return this.addCheckedFunction(checked, definition.handler as AnyHandler);
  }

  /**
   * Adds the machine's end of a contract: its events, functions and parameters, or, if anything is wrong, nothing.
   * Added after `register()`: the client registers again by itself.
   * @param handlers one for each function of the contract, by functionId; as in `addFunction()`, with one response event what a
   *   handler returns is published
   * @returns the events, functions and parameters, by their ids
   * @throws {MsbDefinitionError} at once, listing every handler that is missing or unknown, and every id that was added already.
   * @example
   * const machine = contract({
   *   events: { MEASURED: z.number(), SPEED_CHANGED: z.int32() },
   *   functions: { SET_SPEED: { dataFormat: z.int32(), responds: "SPEED_CHANGED" } },
   *   parameters: { limit: { type: DataType.INT32, value: 80 } },
   * });
   * const device = client.implement(machine, {
   *   SET_SPEED: ({ dataObject }) => press.setSpeed(dataObject),
   * });
   * if (press.celsius < device.parameters.limit.value) {
   *   await device.events.MEASURED.publish(press.celsius);
   * }
   */
  implement<Own extends AnyContract>(contract: Own, ...handlers: HandlerArguments<Own>): Device<Own> {
    return readContract(contract, "implement()").implementOn(this, handlers[0]) as Device<Own>;
  }

  /**
   * Adds the other end of a machine's contract: its events and functions as if they were local. This service gets a function for
   * each event of the machine, and an event for each of its functions; `flows` of what is returned lists the flows between them,
   * and `deployFlows()` creates them. Added after `register()`: the client registers again by itself.
   * @throws {MsbDefinitionError} at once, listing everything that is wrong, and every id that was added already.
   * @example
   * const machine = contract({
   *   events: { MEASURED: z.number(), SPEED_CHANGED: z.int32() },
   *   functions: { SET_SPEED: { dataFormat: z.int32(), responds: "SPEED_CHANGED" } },
   * });
   * const press7 = client.counterpart(machine, { uuid: "press-7" });
   * press7.on("MEASURED", (celsius) => console.log(celsius));
   * await client.start("http://127.0.0.1:8085");
   * await press7.deployFlows("http://127.0.0.1:8085");
   * console.log(await press7.call("SET_SPEED", 60));
   */
  counterpart<Theirs extends AnyContract>(
    contract: Theirs,
    options: CounterpartOptions,
  ): Counterpart<Theirs> {
    const made = readContract(contract, "counterpart()");
    return made.counterpartOn(this, this.#host, options) as Counterpart<Theirs>;
  }

  /** @internal */
  addCheckedEvent(checked: CheckedEvent): MsbEvent {
    this.selfDescription.addEvent(checked);
    this.#host.selfDescriptionChanged();
    const event = new MsbEvent(this.uuid, checked, this.#host);
    this.#events ??= new Map();
    this.#events.set(checked.eventId, event);
    return event;
  }

  /** @internal */
  removeEvent(eventId: string): void {
    this.#events?.delete(eventId);
    this.selfDescription.removeEvent(eventId);
    this.#host.selfDescriptionChanged();
  }

  /** @internal */
  addCheckedFunction(
    checked: CheckedFunction,
    handler: AnyHandler,
    onUnreadable?: OnUnreadable,
  ): MsbFunction {
    this.#functions ??= new ServiceFunctions(this, this.#host);
    return this.#functions.add(checked, handler, onUnreadable);
  }

  /**
   * Publishes an event by its id; {@link MsbEvent.publish} is the typed way. Options as an object or by position.
   * Resolves when the MSB has accepted the event, and rejects as described there; with `UNKNOWN_EVENT` for an id that was
   * never added. Ids and values are typed on a client of a contract: `new MsbClient<typeof press>(…)`.
   * @example
   * await client.publish("TEMPERATURE", 21.5, { cached: true });
   * await service.publish("TEMPERATURE", 21.5, "HIGH", true, new Date(), "order-4711"); // by position
   */
  publish<Id extends keyof C["events"] & string>(
    eventId: Id,
    ...args: PublishArguments<EventValueOf<C, Id>>
  ): Promise<PublishResult>;
  publish<Id extends keyof C["events"] & string>(
    eventId: Id,
    value: EventValueOf<C, Id>,
    priority?: Priority | null,
    cached?: boolean | null,
    postDate?: Date | string | null,
    correlationId?: string | null,
  ): Promise<PublishResult>;
  publish(
    eventId: string,
    value?: unknown,
    third?: PublishOptions | Priority | null,
    ...rest: readonly unknown[]
  ): Promise<PublishResult> {
    return this.publishById(eventId, value, readPublishArguments(third, rest));
  }

  /**
   * Adds a configuration parameter, which can be changed in the MSB's user interface.
   * Added after `register()`: the client registers again by itself.
   * @param type one of the simple types
   * @throws {MsbDefinitionError} if name or type is wrong, the name taken, or the value of another type.
   * @example
   * const limit = client.addConfigParameter("limit", 80, DataType.INT32);
   * if (press.celsius > limit.value) {
   *   press.stop();
   * }
   */
  addConfigParameter<Type extends DataTypeName>(
    name: string,
    value: ValueOfDataType<Type>,
    type: Type,
  ): ConfigParameter<ValueOfDataType<Type>> {
    this.selfDescription.configuration.add(name, value, type);
    this.#host.selfDescriptionChanged();
    return new ConfigParameter(name, this);
  }

  /**
   * @throws {MsbError} `UNKNOWN_PARAMETER`.
   * @example
   * console.log(client.getConfigParameter("limit")); // what the MSB set last, or the program
   */
  getConfigParameter(name: string): unknown {
    return this.selfDescription.configuration.get(name);
  }

  /**
   * {@link ConfigParameter.change}; rejects with `UNKNOWN_PARAMETER` too.
   * @example
   * await service.changeConfigParameter("limit", 90);
   */
  changeConfigParameter(name: string, value: unknown): Promise<void> {
    return this.#host.failures.observe(async () => {
      this.#setParameter(name, value, "program");
      await this.#host.updateRegistration();
    });
  }

  /** @internal */
  onConfigChange(listener: (change: ConfigChange) => void): Unsubscribe {
    return this.#host.onConfigChange(listener);
  }

  /**
   * What this service says about itself: the content of R.
   * @example
   * console.log(JSON.stringify(client.getSelfDescription(), null, 2));
   */
  getSelfDescription(): SelfDescriptionJson {
    return this.selfDescription.toJSON();
  }

  /** @internal Runs the function that a call names. */
  handleCall(message: CallMessage): void {
    if (this.#functions?.handleCall(message) !== true) {
      const unknown = `A call came for the function ${quote(message.functionId)}, which was never added, or was removed.`;
      this.#host.report(new MsbError("UNKNOWN_FUNCTION", unknown));
    }
  }

  /** @internal Sets the parameters that a K names, and registers once if any of them could be set. */
  handleConfiguration({ params }: ConfigurationMessage): void {
    const names = Object.keys(params).filter((name) => this.#setFromMsb(name, params[name]));
    if (names.length > 0) {
      void this.#host.failures.observe(() => this.#host.updateRegistration());
    }
  }

  /** Another service may have an event with the same id. */
  #hasEvent(event: EventReference | string): boolean {
    const known = this.#events?.get(typeof event === "string" ? event : event.eventId);
    return event instanceof MsbEvent ? known === event : known !== undefined;
  }

  #setFromMsb(name: string, value: unknown): boolean {
    try {
      this.#setParameter(name, value, "msb");
      return true;
    } catch (error) {
      this.#host.report(asMsbError(error));
      return false;
    }
  }

  #setParameter(name: string, value: unknown, source: ConfigChange["source"]): void {
    const oldValue = this.selfDescription.configuration.set(name, value);
    const newValue = this.selfDescription.configuration.get(name);
    if (oldValue !== newValue) {
      this.#host.configChanged({ uuid: this.uuid, name, oldValue, newValue, source });
    }
  }

  /** @internal */
  publishById(eventId: string, value: unknown, options: PublishOptions): Promise<PublishResult> {
    const event = this.#events?.get(eventId);
    if (event === undefined) {
      return this.#host.failures.rejected(unknownEvent(eventId, [...(this.#events?.keys() ?? [])]));
    }
    return event.publish(value, options);
  }
}

function unknownEvent(eventId: unknown, known: readonly string[]): MsbError {
  const added =
    known.length === 0
      ? "no event was added"
      : `the known ones are ${known.map((id) => JSON.stringify(id)).join(", ")}`;
  return new MsbError("UNKNOWN_EVENT", `There is no event ${JSON.stringify(eventId)}: ${added}.`, {
    remedy:
      typeof eventId === "string"
        ? "Add it with addEvent() first."
        : "Call publish(eventId, value, options).",
  });
}

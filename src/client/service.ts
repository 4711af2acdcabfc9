import type { CallMessage, ConfigurationMessage } from "../core/codec/index.ts";
import type {
  DataFormatDefinition,
  DataTypeName,
  PayloadOf,
  ValueOfDataType,
} from "../core/data-format/index.ts";
import {
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
import { asMsbError, MsbError } from "../support/errors.ts";
import { type AnyHandler, type CallContext, runCall } from "./calls.ts";
import { type ConfigChange, ConfigParameter } from "./config-parameter.ts";
import { MsbEvent } from "./event.ts";
import type { FunctionDefinition, MsbFunction, ParameterDefinitions, ResponseEvents } from "./function.ts";
import { byPosition } from "./positional.ts";
import type { PublishResult } from "./publication.ts";
import { type PublishOptions, readPublishArguments } from "./publish-options.ts";
import type { ServiceHost } from "./service-host.ts";

/** A service: its events, functions and configuration parameters. An `MsbClient` is one. */
export class MsbService {
  /** @internal */
  readonly selfDescription: SelfDescription;
  readonly #host: ServiceHost;
  // Made for what is added first.
  #functions: Map<string, CallContext> | undefined;
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
    dataFormat?: Format,
    priority?: Priority | null,
    isArray?: IsArray | null,
  ): MsbEvent<PayloadOf<Format, IsArray>>;
  addEvent(first: EventDefinition | string, ...rest: readonly unknown[]): MsbEvent<never> {
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
    this.selfDescription.addEvent(checked);
    this.#host.selfDescriptionChanged();
    const event = new MsbEvent<never>(this.uuid, checked, this.#host);
    this.#events ??= new Map();
    this.#events.set(checked.eventId, event as MsbEvent);
    return event;
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
  >(definition: FunctionDefinition<Format, IsArray, Parameters, Responses>): MsbFunction;
  addFunction<
    Format extends DataFormatDefinition | undefined = undefined,
    IsArray extends boolean = false,
    const Responses extends ResponseEvents = readonly [],
  >(
    functionId: string,
    name: string | null,
    description: string | null,
    dataFormat: Format,
    handler: FunctionDefinition<Format, IsArray, undefined, Responses>["handler"],
    isArray?: IsArray | null,
    responseEvents?: Responses | null,
  ): MsbFunction;
  addFunction(first: object | string, ...rest: readonly unknown[]): MsbFunction {
    const keys = ["name", "description", "dataFormat", "handler", "isArray", "responseEvents"];
    const definition = (
      typeof first === "string" ? byPosition("functionId", first, keys, rest) : first
    ) as FunctionDefinition;
    const checked = checkFunction(definition, (event) => this.#hasEvent(event));
    this.selfDescription.addFunction(checked);
    this.#functions ??= new Map();
    this.#functions.set(checked.functionId, this.#contextOf(checked, definition.handler as AnyHandler));
    this.#host.selfDescriptionChanged();
    return { functionId: checked.functionId };
  }

  /**
   * Publishes an event by its id; {@link MsbEvent.publish} is the typed way. Options as an object or by position.
   * Resolves when the MSB has accepted the event, and rejects as described there; with `UNKNOWN_EVENT` for an id that was
   * never added.
   * @example
   * await client.publish("TEMPERATURE", 21.5, { cached: true });
   * await service.publish("TEMPERATURE", 21.5, "HIGH", true, new Date(), "order-4711"); // by position
   */
  publish(eventId: string, value?: unknown, options?: PublishOptions): Promise<PublishResult>;
  publish(
    eventId: string,
    value: unknown,
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
    return this.#publish(eventId, value, readPublishArguments(third, rest));
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
    const read = (): ValueOfDataType<Type> =>
      this.selfDescription.configuration.get(name) as ValueOfDataType<Type>;
    return new ConfigParameter(name, read, (changed) => this.changeConfigParameter(name, changed));
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
    const description = this.selfDescription.function(message.functionId);
    const context = description && this.#functions?.get(description.functionId);
    if (description === undefined || context === undefined) {
      const unknown = `A call came for the function ${quote(message.functionId)}, which was never added.`;
      return this.#host.report(new MsbError("UNKNOWN_FUNCTION", unknown));
    }
    const { functionId } = description;
    this.#host.runCall({ functionId, size: message.size, run: () => runCall(message, context) });
  }

  /** What the calls of a function have in common. */
  #contextOf(description: CheckedFunction, handler: AnyHandler): CallContext {
    return {
      description,
      handler,
      validate: () => this.#host.settings.dataFormatValidation,
      hasPayload: (eventId) => this.selfDescription.event(eventId)?.dataFormat.json !== undefined,
      publish: (eventId, value, options) => this.#publish(eventId, value, options),
      report: (error) => this.#host.report(error),
    };
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

  #publish(eventId: string, value: unknown, options: PublishOptions): Promise<PublishResult> {
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
      : `known are ${known.map((id) => JSON.stringify(id)).join(", ")}`;
  return new MsbError("UNKNOWN_EVENT", `There is no event ${JSON.stringify(eventId)}: ${added}.`, {
    remedy: "Add it with addEvent() first.",
  });
}

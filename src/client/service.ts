import { type CallMessage, type ConfigurationMessage, encodeEvent } from "../core/codec/index.ts";
import type {
  DataFormatDefinition,
  DataTypeName,
  PayloadOf,
  ValueOfDataType,
} from "../core/data-format/index.ts";
import {
  describeEvent,
  describeFunction,
  type EventDefinition,
  type EventReference,
  type Identity,
  type Priority,
  SelfDescription,
  type SelfDescriptionJson,
} from "../core/self-description/index.ts";
import { quote } from "../support/clip.ts";
import { asMsbError, describeError, MsbError } from "../support/errors.ts";
import { type AnyHandler, type CallContext, runCall } from "./calls.ts";
import { type ConfigChange, ConfigParameter } from "./config-parameter.ts";
import { MsbEvent, PublishedEvent, type PublishResult } from "./event.ts";
import type { FunctionDefinition, MsbFunction, ParameterDefinitions, ResponseEvents } from "./function.ts";
import { byPosition } from "./positional.ts";
import {
  NO_OPTIONS,
  type PublishOptions,
  readPublishArguments,
  readPublishOptions,
} from "./publish-options.ts";
import type { OutgoingEvent, ServiceHost } from "./service-host.ts";

/** A service: its events, functions and configuration parameters. An `MsbClient` is one. */
export class MsbService {
  /** @internal */
  readonly selfDescription: SelfDescription;
  readonly #host: ServiceHost;
  readonly #handlers = new Map<string, AnyHandler>();
  readonly #events = new WeakSet<MsbEvent>();

  /** @internal */
  constructor(identity: Identity, host: ServiceHost) {
    this.selfDescription = new SelfDescription(identity);
    this.#host = host;
  }

  get uuid(): string {
    return this.selfDescription.identity.uuid;
  }

  /**
   * Adds an event that this service can publish, by an object or by position.
   * Added after `register()`: the client registers again by itself.
   * @throws {MsbDefinitionError} at once, listing everything that is wrong with the definition.
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
    const described = describeEvent(
      typeof first === "string"
        ? byPosition<EventDefinition>(
            "eventId",
            first,
            ["name", "description", "dataFormat", "priority", "isArray"],
            rest,
          )
        : first,
    );
    this.selfDescription.addEvent(described);
    this.#host.selfDescriptionChanged();
    const { eventId } = described;
    const event = new MsbEvent<never>(eventId, (value, options) =>
      this.#publish(eventId, value, options ?? NO_OPTIONS),
    );
    this.#events.add(event as MsbEvent);
    return event;
  }

  /**
   * Adds a function that the MSB can call, by an object or by position. Its response events have to be added before.
   * Added after `register()`: the client registers again by itself.
   * @throws {MsbDefinitionError} at once, listing everything that is wrong with the definition.
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
    const described = describeFunction(definition, (event) => this.#hasEvent(event));
    this.selfDescription.addFunction(described);
    this.#handlers.set(described.functionId, definition.handler as AnyHandler);
    this.#host.selfDescriptionChanged();
    return { functionId: described.functionId };
  }

  /**
   * Publishes an event by its id; {@link MsbEvent.publish} is the typed way. Options as an object or by position.
   * Resolves when the MSB has accepted the event, and rejects as described there; with `UNKNOWN_EVENT` for an id that was
   * never added.
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
   * @throws {MsbDefinitionError} where name or type is wrong, the name taken, or the value of another type.
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

  /** @throws {MsbError} `UNKNOWN_PARAMETER`. */
  getConfigParameter(name: string): unknown {
    return this.selfDescription.configuration.get(name);
  }

  /** {@link ConfigParameter.change}; rejects with `UNKNOWN_PARAMETER` too. */
  changeConfigParameter(name: string, value: unknown): Promise<void> {
    return this.#host.observe(async () => {
      this.#setParameter(name, value, "program");
      await this.#host.updateRegistration();
    });
  }

  /** What this service says about itself: the content of R. */
  getSelfDescription(): SelfDescriptionJson {
    return this.selfDescription.toJSON();
  }

  /** @internal Runs the function that a call names. */
  handleCall(message: CallMessage): void {
    const description = this.selfDescription.function(message.functionId);
    const handler = description && this.#handlers.get(description.functionId);
    if (description === undefined || handler === undefined) {
      const text = `A call came for the function ${quote(message.functionId)}, which was never added.`;
      return this.#host.report(new MsbError("UNKNOWN_FUNCTION", text));
    }
    const context: CallContext = {
      description,
      handler,
      validate: this.#host.validate,
      hasPayload: (eventId) => this.selfDescription.event(eventId)?.dataFormat.json !== undefined,
      publish: (eventId, value, options) => this.#publish(eventId, value, options),
      report: (error) => this.#host.report(error),
    };
    this.#host.runCall({
      functionId: description.functionId,
      size: message.size,
      run: () => runCall(message, context),
    });
  }

  /** @internal Sets the parameters that a K names, and registers once if any of them could be set. */
  handleConfiguration({ params }: ConfigurationMessage): void {
    const names = Object.keys(params).filter((name) => this.#setFromMsb(name, params[name]));
    if (names.length > 0) {
      void this.#host.observe(() => this.#host.updateRegistration());
    }
  }

  /** Another service may have an event with the same id. */
  #hasEvent(event: EventReference | string): boolean {
    if (event instanceof MsbEvent) {
      return this.#events.has(event);
    }
    return this.selfDescription.event(typeof event === "string" ? event : event.eventId) !== undefined;
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
    let event: OutgoingEvent;
    try {
      event = this.#prepare(eventId, value, options);
    } catch (error) {
      return this.#host.rejected(error instanceof MsbError ? error : cannotWrite(eventId, error));
    }
    return this.#host.send(event);
  }

  #prepare(eventId: string, value: unknown, options: PublishOptions): OutgoingEvent {
    const event = this.selfDescription.event(eventId);
    if (event === undefined) {
      throw unknownEvent(eventId, this.selfDescription.eventIds);
    }
    // Spelled out: this is the way of every event, and copies by `...` cost more than the rest of it.
    const { priority, cached, postDate, correlationId, until, signal } = readPublishOptions(
      event,
      options,
      this.#host,
    );
    const dataObject = event.dataFormat.encode(value, { validate: this.#host.validate });
    const message = encodeEvent({ uuid: this.uuid, eventId, priority, postDate, correlationId, dataObject });
    return {
      eventId,
      message,
      cached,
      until,
      signal,
      result: new PublishedEvent(eventId, postDate, correlationId),
    };
  }
}

function cannotWrite(eventId: string, cause: unknown): MsbError {
  const message = `Event ${JSON.stringify(eventId)} cannot be written as JSON: ${describeError(cause)}.`;
  return new MsbError("INVALID_VALUE", message, { cause });
}

function unknownEvent(eventId: unknown, known: readonly string[]): MsbError {
  const list =
    known.length === 0
      ? "no event was added"
      : `known are ${known.map((id) => JSON.stringify(id)).join(", ")}`;
  return new MsbError("UNKNOWN_EVENT", `There is no event ${JSON.stringify(eventId)}: ${list}.`, {
    remedy: "Add it with addEvent() first.",
  });
}

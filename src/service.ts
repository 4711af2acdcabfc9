import { type AnyHandler, runCall } from "./calls.ts";
import { type CallMessage, encodeEvent } from "./codec/index.ts";
import type { DataFormatDefinition } from "./data-format/index.ts";
import { MsbDefinitionError, MsbError } from "./errors.ts";
import { MsbEvent, type PublishOptions, type PublishResult } from "./event.ts";
import type {
  FunctionDefinition,
  MsbFunction,
  ParameterDefinitions,
  Payload,
  ResponseEvents,
} from "./function.ts";
import { readPublishOptions } from "./publish-options.ts";
import {
  describeEvent,
  describeFunction,
  type EventDefinition,
  type Identity,
  type Priority,
  SelfDescription,
  type SelfDescriptionJson,
} from "./self-description/index.ts";

export interface OutgoingEvent {
  readonly eventId: string;
  /** The E message. */
  readonly message: string;
  readonly cached: boolean;
}

/** What a service needs of the client that it belongs to. */
export interface ServiceHost {
  readonly validate: boolean;
  readonly cachedByDefault: boolean;
  /** Settles when the MSB has answered. */
  send(event: OutgoingEvent): Promise<void>;
  now(): number;
  report(error: MsbError): void;
}

/** A service: its events and functions. An `MsbClient` is one. */
export class MsbService {
  readonly #description: SelfDescription;
  readonly #host: ServiceHost;
  readonly #handlers = new Map<string, AnyHandler>();

  /** @internal */
  constructor(identity: Identity, host: ServiceHost) {
    this.#description = new SelfDescription(identity);
    this.#host = host;
  }

  get uuid(): string {
    return this.#description.identity.uuid;
  }

  /**
   * Adds an event that this service can publish, by an object or by position.
   * Add events before `register()`; what is added later is known to the MSB after the next `register()`.
   * @throws {MsbDefinitionError} at once, listing everything that is wrong with the definition.
   */
  addEvent<Format extends DataFormatDefinition | undefined = undefined, IsArray extends boolean = false>(
    definition: EventDefinition<Format, IsArray>,
  ): MsbEvent<Payload<Format, IsArray>>;
  addEvent<Format extends DataFormatDefinition | undefined = undefined, IsArray extends boolean = false>(
    eventId: string,
    name: string,
    description: string,
    dataFormat?: Format,
    priority?: Priority,
    isArray?: IsArray,
  ): MsbEvent<Payload<Format, IsArray>>;
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
    this.#description.addEvent(described);
    const { eventId } = described;
    return new MsbEvent(eventId, (value, options) => this.#publish(eventId, value, options ?? {}));
  }

  /**
   * Adds a function that the MSB can call, by an object or by position. Its response events have to be added before.
   * @throws {MsbDefinitionError} at once, listing everything that is wrong with the definition.
   */
  addFunction<
    Format extends DataFormatDefinition | undefined = undefined,
    IsArray extends boolean = false,
    Parameters extends ParameterDefinitions | undefined = undefined,
    const Responses extends ResponseEvents = readonly [],
  >(definition: FunctionDefinition<Format, IsArray, Parameters, Responses>): MsbFunction;
  addFunction<
    Format extends DataFormatDefinition | undefined = undefined,
    IsArray extends boolean = false,
    const Responses extends ResponseEvents = readonly [],
  >(
    functionId: string,
    name: string,
    description: string,
    dataFormat: Format,
    handler: FunctionDefinition<Format, IsArray, undefined, Responses>["handler"],
    isArray?: IsArray,
    responseEvents?: Responses,
  ): MsbFunction;
  addFunction(first: object | string, ...rest: readonly unknown[]): MsbFunction {
    const keys = ["name", "description", "dataFormat", "handler", "isArray", "responseEvents"];
    const definition = (
      typeof first === "string" ? byPosition("functionId", first, keys, rest) : first
    ) as FunctionDefinition;
    const described = describeFunction(
      definition,
      (eventId) => this.#description.event(eventId) !== undefined,
    );
    this.#description.addFunction(described);
    this.#handlers.set(described.functionId, definition.handler as AnyHandler);
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
    const isObject = typeof third === "object" && third !== null;
    const options = isObject
      ? third
      : definedOnly({ priority: third, cached: rest[0], postDate: rest[1], correlationId: rest[2] });
    return this.#publish(eventId, value, options);
  }

  /** What this service says about itself: the content of R. */
  getSelfDescription(): SelfDescriptionJson {
    return this.#description.toJSON();
  }

  /** @internal Runs the function that a call names. */
  handleCall(message: CallMessage): void {
    const description = this.#description.function(message.functionId);
    const handler = description && this.#handlers.get(description.functionId);
    if (description === undefined || handler === undefined) {
      const text = `A call came for the function ${JSON.stringify(message.functionId)}, which was never added.`;
      return this.#host.report(new MsbError("UNKNOWN_FUNCTION", text));
    }
    void runCall(message, {
      description,
      handler,
      validate: this.#host.validate,
      hasPayload: (eventId) => this.#description.event(eventId)?.dataFormat.json !== undefined,
      publish: (eventId, value, options) => this.#publish(eventId, value, options),
      report: (error) => this.#host.report(error),
    });
  }

  #publish(eventId: string, value: unknown, options: PublishOptions): Promise<PublishResult> {
    const published = this.#send(eventId, value, options);
    // Nobody has to await it: a failure ends no process, and is heard of all the same.
    published.catch((error: MsbError) => this.#host.report(error));
    return published;
  }

  async #send(eventId: string, value: unknown, options: PublishOptions): Promise<PublishResult> {
    const event = this.#description.event(eventId);
    if (event === undefined) throw unknownEvent(eventId, this.#description.eventIds);
    const { priority, cached, postDate, correlationId } = readPublishOptions(event, options, this.#host);
    const message = encodeEvent({
      uuid: this.uuid,
      eventId,
      priority,
      postDate,
      correlationId,
      dataObject: event.dataFormat.encode(value, { validate: this.#host.validate }),
    });
    await this.#host.send({ eventId, message, cached });
    return { eventId, postDate, correlationId };
  }
}

/** The object form of positional arguments; what was left out, or given as undefined, stays out. */
function byPosition<Definition>(
  idKey: string,
  id: string,
  keys: readonly string[],
  values: readonly unknown[],
): Definition {
  if (values.length > keys.length) {
    throw new MsbDefinitionError(JSON.stringify(id), [
      { path: "", message: `takes at most ${keys.length + 1} arguments: ${[idKey, ...keys].join(", ")}` },
    ]);
  }
  const entries = keys.map((key, index) => [key, values[index]] as const);
  return {
    [idKey]: id,
    ...Object.fromEntries(entries.filter(([, value]) => value !== undefined)),
  } as Definition;
}

/** Positional callers write null, or undefined, for what they leave out. */
function definedOnly(options: Readonly<Record<string, unknown>>): PublishOptions {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined && value !== null),
  );
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

import { EventEncoder } from "../core/codec/index.ts";
import type { CachedEvent } from "../core/event-cache/index.ts";
import type { CheckedEvent, EventReference } from "../core/self-description/index.ts";
import { asMsbError, MsbError, reasonOf } from "../support/errors.ts";
import type { UnheardFailures } from "../support/unheard-failures.ts";
import type { UtcDates } from "../support/utc-dates.ts";
import { Publication, type PublishedBy, type PublishResult } from "./publication.ts";
import { optionsOf, type PublishContext, type PublishMiddleware, publishContext } from "./publish-context.ts";
import {
  isOnlyOptions,
  NO_OPTIONS,
  type PublishDefaults,
  type PublishOptions,
  readPublishOptions,
} from "./publish-options.ts";

/** A value and options, as arguments; where there is no payload, the options may stand alone. */
export type ValueAndOptions<Value, Options> = unknown extends Value
  ? [value?: Value, options?: Options]
  : [Value] extends [undefined]
    ? [options?: Options] | [value: undefined, options?: Options]
    : undefined extends Value
      ? [value?: Value, options?: Options]
      : [value: Value, options?: Options];

/** The arguments of `publish()` for an event with payload `Value`; an event without payload takes options alone, or none. */
export type PublishArguments<Value> = ValueAndOptions<Value, PublishOptions>;

/** What an event needs of the client that it belongs to. */
export interface Publisher {
  readonly settings: PublishDefaults & { readonly dataFormatValidation: boolean };
  readonly dates: UtcDates;
  readonly failures: UnheardFailures;
  /** `undefined` until somebody adds one. */
  readonly middleware: PublishMiddleware | undefined;
  /** Takes what is published, and settles it in any case. */
  readonly outbox: { publish(event: CachedEvent): void };
}

/** Gives an event its correlation id. @param given what middleware gave it */
type Correlate = (given: string | undefined) => string;

/** An event that was added to a service. */
export class MsbEvent<Value = unknown> implements EventReference {
  readonly eventId: string;
  /** The service that it belongs to. */
  readonly uuid: string;
  readonly #checked: CheckedEvent;
  readonly #publisher: Publisher;
  readonly #common: PublishedBy;

  /** @internal Events are made by `addEvent()`. */
  constructor(uuid: string, checked: CheckedEvent, publisher: Publisher) {
    this.eventId = checked.eventId;
    this.uuid = uuid;
    this.#checked = checked;
    this.#publisher = publisher;
    const { eventId } = checked;
    this.#common = { eventId, encoder: new EventEncoder(uuid, eventId), failures: publisher.failures };
  }

  /**
   * Publishes the event. Resolves when the MSB has accepted it.
   *
   * Rejects, and nothing is sent, with `INVALID_VALUE` if the value does not fit the data format, and with
   * `NOT_CONNECTED` or `NOT_REGISTERED` if the event may not wait; with `REFUSED` if the MSB refuses it, and with
   * `CONNECTION_LOST` if the connection broke before the answer. What `client.use()` added may refuse it, too.
   * @example
   * const { postDate } = await temperature.publish(21.5, { cached: true });
   * await temperature.publish(22, { until: "stored", signal: AbortSignal.timeout(60_000) });
   * const stopped = client.addEvent({ eventId: "STOPPED" }); // no payload
   * await stopped.publish({ cached: true });
   */
  publish(...parameters: PublishArguments<Value>): Promise<PublishResult>;
  publish(value?: unknown, options?: PublishOptions): Promise<PublishResult> {
    return isOnlyOptions(this.#checked.dataFormat.json !== undefined, value, options)
      ? this.#start(undefined, value)
      : this.#start(value, options ?? NO_OPTIONS);
  }

  /** @internal Publishes with a correlation id that is made when all middleware was there. */
  publishCorrelated(value: unknown, options: PublishOptions, correlate: Correlate): Promise<PublishResult> {
    return this.#start(value, options, correlate);
  }

  #start(value: unknown, options: PublishOptions, correlate?: Correlate): Promise<PublishResult> {
    const { middleware } = this.#publisher;
    if (middleware !== undefined) {
      return this.#publishThrough(middleware, value, options, correlate);
    }
    return this.#publish(value, correlate === undefined ? options : correlated(options, correlate));
  }

  #publish(value: unknown, options: PublishOptions): Promise<PublishResult> {
    let publication: Publication;
    try {
      publication = this.#prepare(value, options);
    } catch (error) {
      return this.#publisher.failures.rejected(error instanceof MsbError ? error : this.#cannotWrite(error));
    }
    try {
      this.#publisher.outbox.publish(publication);
    } catch (error) {
      // A clock or a signal of the user may throw.
      publication.reject(asMsbError(error));
    }
    return publication.promise;
  }

  #publishThrough(
    middleware: PublishMiddleware,
    value: unknown,
    options: PublishOptions,
    correlate: Correlate | undefined,
  ): Promise<PublishResult> {
    let context: PublishContext;
    try {
      context = publishContext(this.uuid, this.#checked, value, options, this.#publisher);
    } catch (error) {
      return this.#publisher.failures.rejected(error);
    }
    return middleware.publish(context, () => {
      const changed = optionsOf(context);
      return this.#publish(context.value, correlate === undefined ? changed : correlated(changed, correlate));
    });
  }

  /** Checks value and options. */
  #prepare(value: unknown, options: PublishOptions): Publication {
    const { settings, dates } = this.#publisher;
    const resolved = readPublishOptions(this.#checked, options, settings, dates);
    const wire = this.#checked.dataFormat.encode(value, { validate: settings.dataFormatValidation });
    return new Publication(this.#common, resolved, wire === undefined ? undefined : JSON.stringify(wire));
  }

  #cannotWrite(cause: unknown): MsbError {
    const message = `Event ${JSON.stringify(this.eventId)} cannot be written as JSON: ${reasonOf(cause)}.`;
    return new MsbError("INVALID_VALUE", message, { cause });
  }
}

function correlated(options: PublishOptions, correlate: Correlate): PublishOptions {
  return { ...options, correlationId: correlate(options.correlationId ?? undefined) };
}

import { EventEncoder } from "../core/codec/index.ts";
import type { CachedEvent } from "../core/event-cache/index.ts";
import type { CheckedEvent, EventReference } from "../core/self-description/index.ts";
import { asMsbError, describeError, MsbError } from "../support/errors.ts";
import type { UnheardFailures } from "../support/unheard-failures.ts";
import type { UtcDates } from "../support/utc-dates.ts";
import { Publication, type PublishedBy, type PublishResult } from "./publication.ts";
import { NO_OPTIONS, type PublishOptions, readPublishOptions } from "./publish-options.ts";

/** The arguments of `publish()` for an event with payload `Value`; an event without payload needs none. */
export type PublishArguments<Value> = undefined extends Value
  ? [value?: Value, options?: PublishOptions]
  : [value: Value, options?: PublishOptions];

/** What an event needs of the client that it belongs to. */
export interface Publisher {
  readonly settings: {
    readonly cached: boolean;
    readonly eventCache: boolean;
    readonly dataFormatValidation: boolean;
  };
  readonly dates: UtcDates;
  readonly failures: UnheardFailures;
  /** Takes what is published, and settles it in any case. */
  readonly outbox: { publish(event: CachedEvent): void };
}

/** An event that was added to a service. */
export class MsbEvent<Value = unknown> implements EventReference {
  readonly eventId: string;
  readonly #checked: CheckedEvent;
  readonly #publisher: Publisher;
  readonly #common: PublishedBy;

  /** @internal Events are made by `addEvent()`. */
  constructor(uuid: string, checked: CheckedEvent, publisher: Publisher) {
    this.eventId = checked.eventId;
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
   * `CONNECTION_LOST` if the connection broke before the answer.
   * @example
   * const { postDate } = await temperature.publish(21.5, { cached: true });
   * await temperature.publish(22, { until: "stored", signal: AbortSignal.timeout(60_000) });
   */
  publish(...parameters: PublishArguments<Value>): Promise<PublishResult>;
  publish(value?: Value, options?: PublishOptions): Promise<PublishResult> {
    let publication: Publication;
    try {
      publication = this.#prepare(value, options ?? NO_OPTIONS);
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

  /** Checks value and options. */
  #prepare(value: Value | undefined, options: PublishOptions): Publication {
    const { settings, dates } = this.#publisher;
    const resolved = readPublishOptions(this.#checked, options, settings, dates);
    const wire = this.#checked.dataFormat.encode(value, { validate: settings.dataFormatValidation });
    return new Publication(this.#common, resolved, wire === undefined ? undefined : JSON.stringify(wire));
  }

  #cannotWrite(cause: unknown): MsbError {
    const message = `Event ${JSON.stringify(this.eventId)} cannot be written as JSON: ${describeError(cause)}.`;
    return new MsbError("INVALID_VALUE", message, { cause });
  }
}

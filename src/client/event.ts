import type { EventReference } from "../core/self-description/index.ts";
import type { PublishOptions } from "./publish-options.ts";

/** What `publish()` resolves to once the MSB has accepted the event. */
export interface PublishResult {
  readonly eventId: string;
  /** ISO 8601 in UTC, as it was sent. */
  readonly postDate: string;
  readonly correlationId: string | undefined;
}

/** A class, so that a result is told from a payload that looks like one. */
export class PublishedEvent implements PublishResult {
  readonly eventId: string;
  readonly postDate: string;
  readonly correlationId: string | undefined;

  constructor(eventId: string, postDate: string, correlationId: string | undefined) {
    this.eventId = eventId;
    this.postDate = postDate;
    this.correlationId = correlationId;
  }
}

/** The arguments of `publish()` for an event with payload `Value`; an event without payload needs none. */
export type PublishArguments<Value> = undefined extends Value
  ? [value?: Value, options?: PublishOptions]
  : [value: Value, options?: PublishOptions];

/** An event that was added to a service. */
export class MsbEvent<Value = unknown> implements EventReference {
  readonly eventId: string;
  readonly #publish: (
    value: Value | undefined,
    options: PublishOptions | undefined,
  ) => Promise<PublishResult>;

  /** @internal Events are made by `addEvent()`. */
  constructor(
    eventId: string,
    publish: (value: Value | undefined, options: PublishOptions | undefined) => Promise<PublishResult>,
  ) {
    this.eventId = eventId;
    this.#publish = publish;
  }

  /**
   * Publishes the event. Resolves when the MSB has accepted it.
   *
   * Rejects, and nothing is sent, with `INVALID_VALUE` where the value does not fit the data format, and with
   * `NOT_CONNECTED` or `NOT_REGISTERED` where the event may not wait; with `REFUSED` where the MSB refuses it, and with
   * `CONNECTION_LOST` where the connection broke before the answer.
   */
  publish(...[value, options]: PublishArguments<Value>): Promise<PublishResult> {
    return this.#publish(value, options);
  }
}

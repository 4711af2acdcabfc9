import type { EventReference } from "../core/self-description/index.ts";
import type { Priority } from "../core/self-description/priority.ts";

/** How an event is published. `null` is the same as leaving it out. */
export interface PublishOptions {
  /** @default the priority of the event's definition */
  priority?: Priority | null;
  /**
   * Let the event wait while there is no connection, and send it again if the connection breaks before its answer.
   * @default the client option `cached`, which is false
   */
  cached?: boolean | null;
  /** When it happened: a `Date`, or ISO 8601 text. @default now */
  postDate?: Date | string | null;
  /** Ties events and calls of one flow together. */
  correlationId?: string | null;
  /**
   * When the promise resolves: `"acknowledged"` when the MSB has accepted the event, `"stored"` already when the client
   * option `store` holds it, so that it outlives the process; what fails after that goes to the `error` listener.
   * @default "acknowledged"
   */
  until?: "acknowledged" | "stored" | null;
  /** Takes the event back while it waits: rejects with `ABORTED`. Once it is sent, its answer decides. */
  signal?: AbortSignal | null;
}

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
   * Rejects, and nothing is sent, with `INVALID_VALUE` if the value does not fit the data format, and with
   * `NOT_CONNECTED` or `NOT_REGISTERED` if the event may not wait; with `REFUSED` if the MSB refuses it, and with
   * `CONNECTION_LOST` if the connection broke before the answer.
   * @example
   * const { postDate } = await temperature.publish(21.5, { cached: true });
   * await temperature.publish(22, { until: "stored", signal: AbortSignal.timeout(60_000) });
   */
  publish(...[value, options]: PublishArguments<Value>): Promise<PublishResult> {
    return this.#publish(value, options);
  }
}

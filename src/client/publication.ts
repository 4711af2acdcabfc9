import type { EncodedMessage, EventEncoder, EventFields, PriorityNumber } from "../core/codec/index.ts";
import { CachedEvent } from "../core/event-cache/index.ts";
import type { MsbError } from "../support/errors.ts";
import { ObservedPromise } from "../support/observed-promise.ts";
import type { UnheardFailures } from "../support/unheard-failures.ts";
import type { ResolvedPublishOptions } from "./publish-options.ts";

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

/** What all publications of an event have in common. */
export interface PublishedBy {
  readonly eventId: string;
  readonly encoder: EventEncoder;
  readonly failures: UnheardFailures;
}

/**
 * An event that was published, with the promise that its publisher got. It is kept as what differs from event to event: its message
 * is put together when it is sent.
 */
export class Publication extends CachedEvent implements EncodedMessage, EventFields {
  readonly event: PublishedBy;
  readonly priority: PriorityNumber;
  readonly postDate: string;
  readonly correlationId: string | undefined;
  readonly payload: string | undefined;
  /** What `publish()` returns. */
  readonly promise: ObservedPromise<PublishResult>;
  /** What its publisher knows. */
  #told: "nothing" | "stored" | "failed" = "nothing";

  /** @param payload {@link EventFields.payload} */
  constructor(event: PublishedBy, options: ResolvedPublishOptions, payload: string | undefined) {
    super(options);
    this.event = event;
    this.priority = options.priority;
    this.postDate = options.postDate;
    this.correlationId = options.correlationId;
    this.payload = payload;
    this.promise = new ObservedPromise(event.failures);
  }

  override get eventId(): string {
    return this.event.eventId;
  }

  override get encoded(): EncodedMessage {
    return this;
  }

  override get message(): string {
    return this.event.encoder.message(this);
  }

  get length(): number {
    return this.event.encoder.length(this);
  }

  get escaped(): string {
    return this.event.encoder.escaped(this);
  }

  /** What the promise resolves to. */
  get result(): PublishedEvent {
    return new PublishedEvent(this.eventId, this.postDate, this.correlationId);
  }

  override resolve(): void {
    if (this.#told === "nothing") {
      this.promise.resolve(this);
    }
  }

  override onStored(): void {
    this.resolve();
    this.#told = "stored";
  }

  override reject(error: MsbError): void {
    const { failures } = this.event;
    if (this.#told === "nothing") {
      this.#told = "failed";
      failures.reject(this.promise, error);
    } else if (this.#told === "stored" && error.code !== "DISCONNECTED") {
      // Its promise is kept, so that nobody hears of this there. At disconnect() it stays in the store, as it was promised.
      failures.report(error);
    }
  }
}

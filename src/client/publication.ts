import { CachedEvent, type EventContent } from "../core/event-cache/index.ts";
import type { MsbError } from "../support/errors.ts";
import { ObservedPromise } from "../support/observed-promise.ts";
import type { UnheardFailures } from "../support/unheard-failures.ts";

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

/** An event that was published, with the promise that its publisher got. */
export class Publication extends CachedEvent {
  /** What `publish()` returns. */
  readonly promise: ObservedPromise<PublishResult>;
  readonly #postDate: string;
  readonly #correlationId: string | undefined;
  readonly #failures: UnheardFailures;
  /** What its publisher knows. */
  #told: "nothing" | "stored" | "failed" = "nothing";

  constructor(
    content: EventContent,
    postDate: string,
    correlationId: string | undefined,
    failures: UnheardFailures,
  ) {
    super(content);
    this.#postDate = postDate;
    this.#correlationId = correlationId;
    this.#failures = failures;
    this.promise = new ObservedPromise(failures);
  }

  override resolve(): void {
    if (this.#told === "nothing") {
      this.promise.resolve(new PublishedEvent(this.eventId, this.#postDate, this.#correlationId));
    }
  }

  override onStored(): void {
    this.resolve();
    this.#told = "stored";
  }

  override reject(error: MsbError): void {
    if (this.#told === "nothing") {
      this.#told = "failed";
      this.#failures.reject(this.promise, error);
    } else if (this.#told === "stored" && error.code !== "DISCONNECTED") {
      // Its promise is kept, so that nobody hears of this there. At disconnect() it stays in the store, as it was promised.
      this.#failures.report(error);
    }
  }
}

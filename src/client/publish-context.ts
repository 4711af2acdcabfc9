import type { CheckedEvent, Priority } from "../core/self-description/index.ts";
import type { UtcDates } from "../support/utc-dates.ts";
import type { PublishResult } from "./publication.ts";
import { checkPublishOptions, type PublishDefaults, type PublishOptions } from "./publish-options.ts";

/**
 * An event that is being published, as middleware sees it: with the defaults of event and client for what was not said. What
 * can be changed is what the event is published with.
 */
export interface PublishContext {
  readonly kind: "publish";
  /** The service that publishes it. */
  readonly uuid: string;
  readonly eventId: string;
  /** The payload, not checked yet; `undefined` for an event without. */
  value: unknown;
  /** How urgent it is. */
  priority: Priority;
  /** Whether it may wait while there is no connection. */
  cached: boolean;
  /** When it happened; the time of `publish()`, if nothing was said. */
  postDate: Date | string;
  /** Ties events and calls of one flow together. A response has that of its call. */
  correlationId: string | undefined;
  /** When the promise resolves. */
  until: "acknowledged" | "stored";
  /** Takes the event back while it waits. */
  signal: AbortSignal | undefined;
}

/** All middleware, as an event needs it. */
export interface PublishMiddleware {
  /** @param publish publishes the event with what the context says then */
  publish(context: PublishContext, publish: () => Promise<PublishResult>): Promise<PublishResult>;
}

/** @throws {MsbValueError} listing every option that is wrong. */
export function publishContext(
  uuid: string,
  event: CheckedEvent,
  value: unknown,
  options: PublishOptions,
  { settings, dates }: { readonly settings: PublishDefaults; readonly dates: UtcDates },
): PublishContext {
  const { eventId } = event;
  checkPublishOptions(eventId, options);
  return {
    kind: "publish",
    uuid,
    eventId,
    value,
    priority: options.priority ?? event.priority,
    cached: options.cached ?? settings.cached,
    postDate: options.postDate ?? dates.now(),
    correlationId: options.correlationId ?? undefined,
    until: options.until ?? "acknowledged",
    signal: options.signal ?? undefined,
  };
}

/** What the event is published with, when all middleware was there. */
export function optionsOf(context: PublishContext): PublishOptions {
  const { priority, cached, postDate, correlationId = null, until, signal = null } = context;
  return { priority, cached, postDate, correlationId, until, signal };
}

import type { ReceivedEvent } from "../protocol/event.ts";
import type { TracedMessage } from "./traced-message.ts";

/** Picks events: those that have all the values given, or those for which the function returns true. */
export type EventFilter<Event> =
  | { readonly uuid?: string; readonly eventId?: string; readonly correlationId?: string }
  | ((event: Event) => boolean);

/** Picks messages: those that have all the values given, or those for which the function returns true. */
export type MessageFilter =
  | {
      readonly direction?: "in" | "out";
      readonly connectionId?: string;
      /** The message starts with this, such as `C` or `IO_REGISTERED`. */
      readonly startsWith?: string;
    }
  | ((message: TracedMessage) => boolean);

export function toEventPredicate(filter: EventFilter<ReceivedEvent>): (event: ReceivedEvent) => boolean {
  if (typeof filter === "function") {
    return filter;
  }
  const { uuid, eventId, correlationId } = filter;
  return (event) =>
    (uuid === undefined || event.uuid === uuid) &&
    (eventId === undefined || event.eventId === eventId) &&
    (correlationId === undefined || event.correlationId === correlationId);
}

export function toMessagePredicate(filter: MessageFilter): (message: TracedMessage) => boolean {
  if (typeof filter === "function") {
    return filter;
  }
  const { direction, connectionId, startsWith = "" } = filter;
  return (message) =>
    (direction === undefined || message.direction === direction) &&
    (connectionId === undefined || message.connectionId === connectionId) &&
    message.text.startsWith(startsWith);
}

/** A filter for the error of a wait that was in vain. */
export function describeFilter(filter: EventFilter<ReceivedEvent> | MessageFilter): string {
  return typeof filter === "function" ? "" : ` ${JSON.stringify(filter)}`;
}

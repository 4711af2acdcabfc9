import { MsbConnectionError, MsbError } from "../errors.ts";
import type { CachedEvent, CacheEntry } from "../event-cache/index.ts";

/** Why an event was not delivered, or may not have been: one error for each way. */

export function dropped(event: CachedEvent, size: number): MsbError {
  const message = `${called(event)} was dropped: the event cache is full (${size}) and it was the oldest.`;
  return new MsbError("EVENT_DROPPED", message, { remedy: "Set a larger eventCacheSize, or publish less." });
}

export function busy(event: CachedEvent, size: number): MsbError {
  const message = `${called(event)} was not sent: ${size} events wait already for the MSB to take them.`;
  return new MsbError("BUSY", message, { remedy: "Await publish(), or set a larger eventCacheSize." });
}

export function undecided(event: CachedEvent, cause: MsbError): MsbError {
  const message = `${called(event)} may or may not have arrived: the connection ended before its answer came.`;
  return new MsbConnectionError("CONNECTION_LOST", message, {
    cause,
    remedy: "Publish it with cached: true to have it sent again.",
  });
}

/** @param kept whether it stays in a store, and is sent by the next connection */
export function notSent({ event, sent }: CacheEntry, cause: MsbError, kept: boolean): MsbError {
  const what = sent ? "was sent, but may not have arrived" : "was not sent";
  const message = `${called(event)} ${what}: ${cause.message}`;
  const remedy = kept
    ? "It is kept in the store, and is sent after the next connect()."
    : "To wait for what is not delivered yet, call disconnect({ drain: true }).";
  return new MsbConnectionError("DISCONNECTED", message, { cause, remedy });
}

export function aborted(event: CachedEvent, signal: AbortSignal): MsbError {
  return new MsbError("ABORTED", `${called(event)} was not sent: its signal was aborted.`, {
    cause: signal.reason,
  });
}

export function tooLarge(event: CachedEvent, size: number, limit: number): MsbError {
  const message = `${called(event)} was not sent: its message has ${size} bytes, and at most ${limit} are allowed.`;
  return new MsbError("TOO_LARGE", message, {
    remedy: "Send less at once; maxMessageSize can be raised where the MSB takes more.",
  });
}

export function notStored(event: CachedEvent): MsbError {
  const message = `${called(event)} was not sent: until: "stored" needs the client option store, and cached: true.`;
  return new MsbError("STORE_FAILED", message);
}

export function outOfStep(ackTimeout: number): MsbError {
  return new MsbConnectionError("TIMEOUT", `The MSB did not answer an event within ${ackTimeout} ms.`);
}

/** The same error for events that fail in the same way one after the other: in a flood, making errors costs the most. */
export class RepeatedError {
  readonly #make: (event: CachedEvent, size: number) => MsbError;
  #last: { readonly eventId: string; readonly size: number; readonly error: MsbError } | undefined;

  constructor(make: (event: CachedEvent, size: number) => MsbError) {
    this.#make = make;
  }

  for(event: CachedEvent, size: number): MsbError {
    if (this.#last?.eventId !== event.eventId || this.#last.size !== size) {
      this.#last = { eventId: event.eventId, size, error: this.#make(event, size) };
    }
    return this.#last.error;
  }
}

function called(event: CachedEvent): string {
  return `Event ${JSON.stringify(event.eventId)}`;
}

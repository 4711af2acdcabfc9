import type { CachedEvent } from "../../core/event-cache/index.ts";
import { clip } from "../../support/clip.ts";
import { MsbConnectionError, MsbError, type MsbErrorCode } from "../../support/errors.ts";
import type { SessionState } from "../state.ts";

/** Why an event was not delivered, or may not have been: one error for each way. */

export function dropped(event: CachedEvent, size: number): MsbError {
  const message = `${called(event)} was dropped: the event cache is full (${size}) and it was the oldest.`;
  return new MsbError("EVENT_DROPPED", message, { remedy: "Set a larger eventCacheSize, or publish less." });
}

export function busy(event: CachedEvent, size: number): MsbError {
  const message = `${called(event)} was not sent: ${size} events wait already for the MSB to take them.`;
  return new MsbError("BUSY", message, { remedy: "Await publish(), or set a larger eventCacheSize." });
}

export function storeBusy(event: CachedEvent, size: number): MsbError {
  const message = `${called(event)} was not stored: ${size} events wait already to be stored.`;
  return new MsbError("BUSY", message, { remedy: "Await publish(), or set a larger eventCacheSize." });
}

export function storeFull(event: CachedEvent, size: number): MsbError {
  const message = `${called(event)} was not stored: the store holds ${size} events already.`;
  return new MsbError("BUSY", message, { remedy: "Set a larger storeSize, or publish less." });
}

export function undecided(event: CachedEvent, cause: MsbError): MsbError {
  const message = `${called(event)} may or may not have arrived: the connection ended before its answer came.`;
  const remedy = event.cached
    ? undefined
    : "With cached: true it would be sent again, and might arrive twice.";
  return new MsbConnectionError("CONNECTION_LOST", message, {
    cause,
    ...(remedy === undefined ? {} : { remedy }),
  });
}

export function cannotSend(event: CachedEvent, state: SessionState, isDialled: boolean): MsbError {
  const what = `${called(event)} cannot be sent`;
  const remedy = "Wait for register(), or publish with cached: true.";
  return isDialled
    ? new MsbError("NOT_REGISTERED", `${what}: the client is not registered (${state}).`, { remedy })
    : new MsbError("NOT_CONNECTED", `${what}: the client is not connected (${state}).`, { remedy });
}

/** A refused registration leaves the connection as it is. */
const UNSENT: Partial<Record<MsbErrorCode, MsbErrorCode>> = {
  REFUSED: "NOT_REGISTERED",
  DISCONNECTED: "DISCONNECTED",
};

export function unsent(event: CachedEvent, cause: MsbError): MsbError {
  const message = `${called(event)} was not sent: ${cause.message}`;
  const code = UNSENT[cause.code] ?? "NOT_CONNECTED";
  return new MsbConnectionError(code, message, { cause, remedy: "With cached: true it would wait." });
}

/** @param kept whether it stays in a store, and is sent by the next connection */
export function notSent(event: CachedEvent, cause: MsbError, kept: boolean): MsbError {
  const what = event.sends > 0 ? "was sent, but may not have arrived" : "was not sent";
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

export function abortedLate(event: CachedEvent, signal: AbortSignal): MsbError {
  const message = `${called(event)} is not sent again: its signal was aborted. It was sent before, and may have arrived.`;
  return new MsbError("ABORTED", message, { cause: signal.reason });
}

export function tooLarge(event: CachedEvent, size: number, limit: number): MsbError {
  const message = `${called(event)} was not sent: its message has ${size} bytes, and at most ${limit} are allowed.`;
  return new MsbError("TOO_LARGE", message, {
    remedy: "Send less at once; maxMessageSize can be raised if the MSB takes more.",
  });
}

/** @param close what the server closed the connection with */
export function tooLargeForServer(
  event: CachedEvent,
  close: { readonly code: number; readonly reason: string },
  cause: MsbError,
): MsbError {
  const reason = close.reason === "" ? "" : `: ${clip(close.reason)}`;
  const message = `${called(event)} is too large for the MSB, which closed the connection (${close.code}${reason}).`;
  return new MsbError("TOO_LARGE", message, {
    cause,
    remedy:
      "Send less at once, or raise the message size of the MSB (Spring takes 8,192 characters unless configured).",
  });
}

export function undeliverable(event: CachedEvent, why: string, cause: MsbError): MsbError {
  const message = `${called(event)} cannot be delivered: ${why} before its answer came. The last time: ${cause.message}`;
  return new MsbError("UNDELIVERABLE", message, {
    cause,
    remedy: "It is not sent again; look into the log of the MSB.",
  });
}

export function suspicious(event: CachedEvent, times: number, cause: MsbError): MsbError {
  const message = `${called(event)} was sent ${times} times, and each time the connection broke before its answer came.`;
  return new MsbConnectionError("CONNECTION_LOST", message, {
    cause,
    remedy: "It is sent again, with longer pauses. Set maxAttempts to give such events up.",
  });
}

export function registrationTooLarge(size: number, limit: number): MsbError {
  const message = `The self-description was not sent: its message has ${size} bytes, and at most ${limit} are allowed.`;
  return new MsbError("TOO_LARGE", message, {
    remedy: "Describe less; maxMessageSize can be raised if the MSB takes more.",
  });
}

export function registrationTooLargeForServer(cause: MsbError): MsbError {
  const message =
    "The self-description is too large for the MSB, which closed the connection (1009) instead of answering it.";
  return new MsbError("TOO_LARGE", message, {
    cause,
    remedy:
      "Describe less, or raise the message size of the MSB (Spring takes 8,192 characters unless configured).",
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
export class RepeatedError<Detail> {
  readonly #make: (event: CachedEvent, detail: Detail) => MsbError;
  #last: { readonly eventId: string; readonly detail: Detail; readonly error: MsbError } | undefined;

  constructor(make: (event: CachedEvent, detail: Detail) => MsbError) {
    this.#make = make;
  }

  for(event: CachedEvent, detail: Detail): MsbError {
    if (this.#last?.eventId !== event.eventId || this.#last.detail !== detail) {
      this.#last = { eventId: event.eventId, detail, error: this.#make(event, detail) };
    }
    return this.#last.error;
  }
}

function called(event: CachedEvent): string {
  return `Event ${JSON.stringify(event.eventId)}`;
}

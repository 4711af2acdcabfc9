import { EVENT_REFUSALS, REGISTRATION_REFUSALS } from "../../../src/core/codec/messages.ts";

const FATAL: ReadonlySet<string> = new Set(["NIO_REGISTRATION_ERROR", "NIO_UNAUTHORIZED_CONNECTION"]);
const TO_REGISTRATIONS: ReadonlySet<string> = new Set(["IO_REGISTERED", ...REGISTRATION_REFUSALS]);
const TO_EVENTS: ReadonlySet<string> = new Set(["IO_PUBLISHED", ...EVENT_REFUSALS]);

/** It ends the wish to be registered. */
export function isFatalReply(text: string): boolean {
  return FATAL.has(text);
}

export function isRegistrationReply(text: string): boolean {
  return TO_REGISTRATIONS.has(text);
}

export function isEventReply(text: string): boolean {
  return TO_EVENTS.has(text);
}

import type { EventRefusal, RegistrationRefusal } from "../core/codec/index.ts";
import { MsbRefusedError } from "../support/errors.ts";

/** What each refusal means, and what to do about it. */
const EXPLANATIONS: Readonly<
  Record<RegistrationRefusal | EventRefusal, readonly [meaning: string, remedy: string]>
> = {
  NIO_ALREADY_CONNECTED: [
    "a service with this uuid is connected already",
    "End the other client, or give this one a uuid of its own; after a broken connection the MSB may need a while to notice.",
  ],
  NIO_UNAUTHORIZED_CONNECTION: [
    "the service is not allowed to connect",
    "Check uuid and token, and whether the service was verified with its owner.",
  ],
  NIO_REGISTRATION_ERROR: [
    "the self-description was not accepted",
    "Compare getSelfDescription() with what is registered under this uuid: type, events, functions and data formats.",
  ],
  NIO_UNEXPECTED_REGISTRATION_ERROR: [
    "the registration failed inside the MSB",
    "Look into the MSB's log; trying again may help.",
  ],
  NIO_EVENT_FORWARDING_ERROR: [
    "the event was not accepted",
    "Is the event part of the registered self-description, and does the value fit its data format?",
  ],
  NIO_UNEXPECTED_EVENT_FORWARDING_ERROR: [
    "forwarding the event failed inside the MSB",
    "Look into the MSB's log; publishing again may help. The development broker takes no value that is nested more than 100 deep.",
  ],
};

export function registrationRefused(reply: RegistrationRefusal): MsbRefusedError {
  return refused("The registration was refused", reply);
}

export function connectionRefused(reply: RegistrationRefusal): MsbRefusedError {
  return refused("The connection was refused", reply);
}

export function eventRefused(eventId: string, reply: EventRefusal): MsbRefusedError {
  return refused(`Event ${JSON.stringify(eventId)} was refused`, reply);
}

function refused(what: string, reply: RegistrationRefusal | EventRefusal): MsbRefusedError {
  const [meaning, remedy] = EXPLANATIONS[reply];
  return new MsbRefusedError(reply, `${what} (${reply}): ${meaning}.`, { remedy });
}

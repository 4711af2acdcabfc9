import { quote } from "../../support/clip.ts";
import { describeError, formatIssues, type MsbIssue } from "../../support/errors.ts";
import { TooComplex } from "../protocol/bounded-json.ts";
import { type ReceivedEvent, readEvent } from "../protocol/event.ts";
import type { Refusal } from "../protocol/refusals.ts";
import type { Registration, Registry } from "../services/registry.ts";
import { readSelfDescription, type ServiceToRegister } from "../services/self-description.ts";
import { boundIssues } from "../support/issues.ts";
import type { ReceivedMessage } from "./received-message.ts";

/** Why something is refused. */
export interface Refused {
  readonly ok: false;
  readonly refusal: Refusal;
  readonly reason: string;
}

export interface AcceptedRegistration {
  readonly ok: true;
  readonly services: readonly ServiceToRegister[];
  readonly warnings: readonly MsbIssue[];
  /** Those of the services that are still registered on connections that carry nothing any more: half-open, or about to end. */
  readonly dead: readonly Registration[];
}

export interface AcceptedEvent {
  readonly ok: true;
  readonly event: ReceivedEvent;
}

/** Whether an `R` is accepted. */
export function checkRegistration(
  { value, json, connection }: ReceivedMessage,
  registry: Registry,
): AcceptedRegistration | Refused {
  if (value instanceof TooComplex) {
    return refuse("NIO_REGISTRATION_ERROR", value.message);
  }
  if (value instanceof Error) {
    return refuse("NIO_UNEXPECTED_REGISTRATION_ERROR", `its JSON cannot be read: ${describeError(value)}`);
  }
  const result = readSelfDescription(value, json);
  if (!result.ok) {
    return refuse("NIO_REGISTRATION_ERROR", formatIssues(boundIssues(result.issues)));
  }
  const { services, warnings } = result;
  const elsewhere = registry.findElsewhere(connection, services);
  const alive = elsewhere.find(({ connection: { open, frozen } }) => open && !frozen);
  if (alive !== undefined) {
    const uuid = quote(alive.service.uuid);
    return refuse("NIO_ALREADY_CONNECTED", `${uuid} is registered on another connection that is still open`);
  }
  const excess = registry.findExcess(connection, services);
  if (excess !== undefined) {
    return refuse("NIO_REGISTRATION_ERROR", excess);
  }
  return { ok: true, services, warnings, dead: elsewhere };
}

/** Whether an `E` is accepted. */
export function checkEvent(
  { value, json, connection, at }: ReceivedMessage,
  registry: Registry,
): AcceptedEvent | Refused {
  if (value instanceof Error) {
    const reason = `its JSON cannot be read: ${describeError(value)}`;
    return refuse("NIO_UNEXPECTED_EVENT_FORWARDING_ERROR", reason);
  }
  const result = readEvent(value, json, at);
  if (!result.ok) {
    return refuse("NIO_EVENT_FORWARDING_ERROR", formatIssues(boundIssues(result.issues)));
  }
  const { uuid, eventId } = result.event;
  const source = registry.get(uuid);
  if (source?.connection !== connection) {
    return refuse("NIO_EVENT_FORWARDING_ERROR", `${quote(uuid)} is not registered on this connection`);
  }
  if (!source.eventIds.has(eventId)) {
    return refuse("NIO_EVENT_FORWARDING_ERROR", `${quote(uuid)} has not declared an event ${quote(eventId)}`);
  }
  return result;
}

function refuse(refusal: Refusal, reason: string): Refused {
  return { ok: false, refusal, reason };
}

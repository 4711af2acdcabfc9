import { describeError, formatIssues, type MsbIssue } from "../../support/errors.ts";
import { quoteForLog } from "../observing/log.ts";
import { type ReceivedEvent, readEvent } from "../protocol/event.ts";
import { TooComplex } from "../protocol/json-text.ts";
import type { Refusal } from "../protocol/messages.ts";
import type { Registration, Registry } from "../services/registry.ts";
import { type DescribedService, readSelfDescription } from "../services/self-description.ts";
import { boundIssues } from "../support/issues.ts";
import type { Connection } from "../transport/connection.ts";

/** Why something is refused. */
export interface Refused {
  readonly ok: false;
  readonly reply: Refusal;
  readonly reason: string;
}

export interface AcceptedRegistration {
  readonly ok: true;
  readonly services: readonly DescribedService[];
  readonly warnings: readonly MsbIssue[];
  /** Where they are still registered, on connections that are half-open. */
  readonly halfOpen: readonly Registration[];
}

export interface AcceptedEvent {
  readonly ok: true;
  readonly event: ReceivedEvent;
}

/** Whether the JSON of an R is accepted. @param value what `json` says, or the error of reading it. */
export function judgeRegistration(
  value: unknown,
  json: string,
  connection: Connection,
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
  const elsewhere = registry.findElsewhere(connection, result.services);
  const alive = elsewhere.find((registration) => !registration.connection.frozen);
  if (alive !== undefined) {
    const uuid = quoteForLog(alive.service.uuid);
    return refuse("NIO_ALREADY_CONNECTED", `${uuid} is registered on another connection that is still open`);
  }
  const full = registry.lacksRoomFor(connection, result.services);
  if (full !== undefined) {
    return refuse("NIO_REGISTRATION_ERROR", full);
  }
  return { ...result, halfOpen: elsewhere };
}

/** Whether the JSON of an E is accepted. @param value what `json` says, or the error of reading it. */
export function judgeEvent(
  value: unknown,
  json: string,
  connection: Connection,
  registry: Registry,
  at: number,
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
    const reason = `${quoteForLog(uuid)} is not registered on this connection`;
    return refuse("NIO_EVENT_FORWARDING_ERROR", reason);
  }
  if (!source.eventIds.has(eventId)) {
    const reason = `${quoteForLog(uuid)} has not declared an event ${quoteForLog(eventId)}`;
    return refuse("NIO_EVENT_FORWARDING_ERROR", reason);
  }
  return result;
}

function refuse(reply: Refusal, reason: string): Refused {
  return { ok: false, reply, reason };
}

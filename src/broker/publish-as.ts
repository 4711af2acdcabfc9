import { MsbError, type MsbIssue, MsbValueError } from "../errors.ts";
import type { PublishAsOptions, RegisteredService } from "./api.ts";
import { checkEventValue } from "./data-format-check.ts";
import type { ReceivedEvent } from "./event.ts";
import { quoteForLog } from "./log.ts";

/**
 * An event that a service could have published, and its message.
 * @throws {MsbError} `UNKNOWN_EVENT`; {MsbValueError} where the value does not fit.
 */
export function makeEvent(
  { uuid, selfDescription }: RegisteredService,
  eventId: string,
  value: unknown,
  options: PublishAsOptions,
): { event: ReceivedEvent; text: string; warnings: readonly MsbIssue[] } {
  const declared = selfDescription.events?.find((event) => event.eventId === eventId);
  if (declared === undefined) {
    throw new MsbError("UNKNOWN_EVENT", `${quoteForLog(uuid)} has no event ${quoteForLog(eventId)}.`);
  }
  const subject = `event ${quoteForLog(eventId)} of ${quoteForLog(uuid)}`;
  const { issues, warnings } = checkEventValue(value, declared.dataFormat, subject);
  if (issues.length > 0) {
    throw new MsbValueError(subject, issues);
  }
  const { priority = 1, correlationId, postDate = new Date().toISOString() } = options;
  const event = { uuid, eventId, priority, postDate, correlationId, dataObject: value };
  const text = JSON.stringify(event);
  // What flows and lists get is not the caller's object, which may change.
  const { dataObject } = JSON.parse(text);
  return { event: { ...event, dataObject, receivedAt: Date.now() }, text: `E ${text}`, warnings };
}

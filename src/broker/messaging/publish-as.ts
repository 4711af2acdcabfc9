import { MsbError, type MsbIssue, MsbValueError } from "../../support/errors.ts";
import type { PublishAsOptions, RegisteredService } from "../api.ts";
import { quoteForLog } from "../observing/log.ts";
import { makeEvent, type ReceivedEvent, writeWithData } from "../protocol/event.ts";
import { RawJson, writeJson } from "../protocol/raw-json.ts";
import { checkEventValue } from "../services/data-format-check.ts";

/**
 * An event that a service could have published, and its message.
 * @throws {MsbError} `UNKNOWN_EVENT`; {MsbValueError} where the value does not fit.
 */
export function publishAs(
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
  const dataText = writeJson(value);
  const checked = value instanceof RawJson ? JSON.parse(value.text) : value;
  const { issues, warnings } = checkEventValue(checked, declared.dataFormat, subject);
  if (issues.length > 0) {
    throw new MsbValueError(subject, issues);
  }
  const { priority = 1, correlationId, postDate = new Date().toISOString() } = options;
  const fields = { uuid, eventId, priority, postDate, correlationId };
  const event = makeEvent({ ...fields, dataText, receivedAt: Date.now() });
  return { event, text: `E ${writeWithData(fields, dataText)}`, warnings };
}

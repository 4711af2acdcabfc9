import { quote } from "../../support/clip.ts";
import { MsbError, type MsbIssue, MsbValueError } from "../../support/errors.ts";
import { makeEvent, type ReceivedEvent, writeWithData } from "../protocol/event.ts";
import { RawJson, writeJson } from "../protocol/raw-json.ts";
import { checkEventValue } from "../services/data-format-check.ts";
import type { RegisteredService } from "../services/registered-service.ts";

/** Options of {@link Broker.publish}. */
export interface PublishAsOptions {
  /** 0 is LOW, 1 MEDIUM, 2 HIGH. @default 1 */
  readonly priority?: 0 | 1 | 2 | undefined;
  readonly correlationId?: string | undefined;
  /** @default now, as ISO 8601 */
  readonly postDate?: string | undefined;
}

/**
 * An event that a service could have published, and its message.
 * @throws {MsbError} `UNKNOWN_EVENT`; {MsbValueError} if the value does not fit.
 */
export function makeEventOf(
  { uuid, selfDescription }: RegisteredService,
  eventId: string,
  value: unknown,
  options: PublishAsOptions,
): { event: ReceivedEvent; text: string; warnings: readonly MsbIssue[] } {
  const declared = selfDescription.events?.find((event) => event.eventId === eventId);
  if (declared === undefined) {
    throw new MsbError("UNKNOWN_EVENT", `${quote(uuid)} has no event ${quote(eventId)}.`);
  }
  const subject = `event ${quote(eventId)} of ${quote(uuid)}`;
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

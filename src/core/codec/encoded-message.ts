import type { PriorityNumber } from "./messages.ts";

/** A message on its way out, in the form in which it is kept. */
export interface EncodedMessage {
  /** As raw framing sends it. */
  readonly message: string;
  /** Of `message`. */
  readonly length: number;
  /** As it stands in a JSON string, without the quotes: so SockJS sends it. */
  readonly escaped: string;
}

/** A message that is kept as it is. */
export class PlainMessage implements EncodedMessage {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }

  get length(): number {
    return this.message.length;
  }

  get escaped(): string {
    return JSON.stringify(this.message).slice(1, -1);
  }
}

/** What one event says in its `E`, besides whose and which event it is. */
export interface EventFields {
  readonly priority: PriorityNumber;
  /** ISO 8601 in UTC with milliseconds, such as `2017-07-14T02:40:00.123Z`. */
  readonly postDate: string;
  readonly correlationId: string | undefined;
  /** JSON. Left out of the message if it is `undefined`: an event without payload. */
  readonly payload: string | undefined;
}

const POST_DATE = ',"postDate":"';
const CORRELATION = ',"correlationId":';
const PAYLOAD = ',"dataObject":';
const ESCAPED_POST_DATE = escapeJson(POST_DATE);
const ESCAPED_CORRELATION = escapeJson(CORRELATION);
const ESCAPED_PAYLOAD = escapeJson(PAYLOAD);

/**
 * Writes the `E` messages of one event. What is the same in all of them is written once, and escaped once for SockJS. The rest is kept
 * apart until it is sent: the string of a message takes several times the memory, and to escape the whole of it again takes longer than
 * all the rest.
 */
export class EventEncoder {
  readonly #head: string;
  readonly #escapedHead: string;

  constructor(uuid: string, eventId: string) {
    this.#head = `E {"uuid":${JSON.stringify(uuid)},"eventId":${JSON.stringify(eventId)},"priority":`;
    this.#escapedHead = escapeJson(this.#head);
  }

  /** {@link EncodedMessage.message} */
  message({ priority, postDate, correlationId, payload }: EventFields): string {
    const correlation = correlationId === undefined ? "" : `${CORRELATION}${JSON.stringify(correlationId)}`;
    const dataObject = payload === undefined ? "" : `${PAYLOAD}${payload}`;
    return `${this.#head}${priority}${POST_DATE}${postDate}"${correlation}${dataObject}}`;
  }

  /** {@link EncodedMessage.length} */
  length({ postDate, correlationId, payload }: EventFields): number {
    const fixed = this.#head.length + POST_DATE.length + postDate.length + '0"}'.length;
    const correlation =
      correlationId === undefined ? 0 : CORRELATION.length + JSON.stringify(correlationId).length;
    return fixed + correlation + (payload === undefined ? 0 : PAYLOAD.length + payload.length);
  }

  /** {@link EncodedMessage.escaped} */
  escaped({ priority, postDate, correlationId, payload }: EventFields): string {
    const correlation =
      correlationId === undefined ? "" : `${ESCAPED_CORRELATION}${escapeJson(JSON.stringify(correlationId))}`;
    const dataObject = payload === undefined ? "" : `${ESCAPED_PAYLOAD}${escapeJson(payload)}`;
    return `${this.#escapedHead}${priority}${ESCAPED_POST_DATE}${postDate}\\"${correlation}${dataObject}}`;
  }
}

/** JSON as it stands in a JSON string. In JSON there are no control characters, and no halves of surrogate pairs. */
function escapeJson(json: string): string {
  return json.includes('"') || json.includes("\\") ? JSON.stringify(json).slice(1, -1) : json;
}

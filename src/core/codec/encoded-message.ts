import type { Json } from "../data-format/json.ts";
import type { Framing } from "./framing.ts";
import type { PriorityNumber } from "./messages.ts";

/** A message on its way out, in the form in which it is kept. */
export interface EncodedMessage {
  /** As raw framing sends it. */
  readonly message: string;
  /** Of `message`. */
  readonly length: number;
  /** As it stands in a JSON string, without the quotes: so SockJS sends it. */
  readonly escaped: string;
  /** The text frame that holds it alone. */
  frame(framing: Framing): string;
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

  frame(framing: Framing): string {
    return framing.encode(this.message);
  }
}

/** What one event says in its `E`, besides whose and which event it is. */
export interface EventFields {
  readonly priority: PriorityNumber;
  /** ISO 8601 in UTC with milliseconds, such as `2017-07-14T02:40:00.123Z`. */
  readonly postDate: string;
  readonly correlationId?: string | undefined;
  /** Left out of the message if it is `undefined`: an event without payload. */
  readonly dataObject?: Json | undefined;
}

/** The `E` messages of one event. What is the same in all of them is written once, and escaped once for SockJS. */
export class EventEncoder {
  readonly head: string;
  readonly escapedHead: string;

  constructor(uuid: string, eventId: string) {
    this.head = `E {"uuid":${JSON.stringify(uuid)},"eventId":${JSON.stringify(eventId)},"priority":`;
    this.escapedHead = escapeJson(this.head);
  }

  /** @throws if JSON cannot carry the payload */
  encode({ priority, postDate, correlationId, dataObject }: EventFields): EncodedMessage {
    const correlation = correlationId === undefined ? undefined : JSON.stringify(correlationId);
    return new EventMessage(this, priority, postDate, correlation, JSON.stringify(dataObject));
  }
}

const POST_DATE = ',"postDate":"';
const CORRELATION = ',"correlationId":';
const PAYLOAD = ',"dataObject":';
const ESCAPED_POST_DATE = escapeJson(POST_DATE);
const ESCAPED_CORRELATION = escapeJson(CORRELATION);
const ESCAPED_PAYLOAD = escapeJson(PAYLOAD);

/**
 * An `E`. Only what differs from event to event is kept, and put together when it is sent: the string of a message takes several times
 * the memory, and to escape the whole of it again takes longer than all the rest.
 */
class EventMessage implements EncodedMessage {
  readonly #encoder: EventEncoder;
  readonly #priority: PriorityNumber;
  readonly #postDate: string;
  /** JSON, as is the payload. */
  readonly #correlation: string | undefined;
  readonly #payload: string | undefined;

  constructor(
    encoder: EventEncoder,
    priority: PriorityNumber,
    postDate: string,
    correlation: string | undefined,
    payload: string | undefined,
  ) {
    this.#encoder = encoder;
    this.#priority = priority;
    this.#postDate = postDate;
    this.#correlation = correlation;
    this.#payload = payload;
  }

  get message(): string {
    const correlation = this.#correlation === undefined ? "" : `${CORRELATION}${this.#correlation}`;
    const payload = this.#payload === undefined ? "" : `${PAYLOAD}${this.#payload}`;
    return `${this.#encoder.head}${this.#priority}${POST_DATE}${this.#postDate}"${correlation}${payload}}`;
  }

  get length(): number {
    const fixed = this.#encoder.head.length + POST_DATE.length + this.#postDate.length + '0"}'.length;
    const correlation = this.#correlation === undefined ? 0 : CORRELATION.length + this.#correlation.length;
    const payload = this.#payload === undefined ? 0 : PAYLOAD.length + this.#payload.length;
    return fixed + correlation + payload;
  }

  frame(framing: Framing): string {
    return framing.name === "sockjs" ? `["${this.escaped}"]` : framing.encode(this.message);
  }

  get escaped(): string {
    const correlation =
      this.#correlation === undefined ? "" : `${ESCAPED_CORRELATION}${escapeJson(this.#correlation)}`;
    const payload = this.#payload === undefined ? "" : `${ESCAPED_PAYLOAD}${escapeJson(this.#payload)}`;
    return `${this.#encoder.escapedHead}${this.#priority}${ESCAPED_POST_DATE}${this.#postDate}\\"${correlation}${payload}}`;
  }
}

/** JSON as it stands in a JSON string. In JSON there are no control characters, and no halves of surrogate pairs. */
function escapeJson(json: string): string {
  return json.includes('"') || json.includes("\\") ? JSON.stringify(json).slice(1, -1) : json;
}

/** Bytes of UTF-8, or a few more: halves of surrogate pairs count three each. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) {
      bytes += code > 0x7ff ? 2 : 1;
    }
  }
  return bytes;
}

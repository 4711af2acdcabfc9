import type { Json } from "../data-format/json.ts";
import type { Framing } from "./framing.ts";
import type { PriorityNumber } from "./messages.ts";

/** A message on its way out, in the form in which it is kept. */
export interface EncodedMessage {
  /** As raw framing sends it. */
  readonly message: string;
  /** Of `message`. */
  readonly length: number;
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
    const correlation = this.#correlation === undefined ? "" : `,"correlationId":${this.#correlation}`;
    const payload = this.#payload === undefined ? "" : `,"dataObject":${this.#payload}`;
    return `${this.#encoder.head}${this.#priority},"postDate":"${this.#postDate}"${correlation}${payload}}`;
  }

  get length(): number {
    return this.message.length;
  }

  frame(framing: Framing): string {
    return framing.name === "sockjs" ? this.#sockJsFrame : framing.encode(this.message);
  }

  /** The same as `sockJsFraming.encode(message)`. */
  get #sockJsFrame(): string {
    const correlation =
      this.#correlation === undefined ? "" : `,\\"correlationId\\":${escapeJson(this.#correlation)}`;
    const payload = this.#payload === undefined ? "" : `,\\"dataObject\\":${escapeJson(this.#payload)}`;
    return `["${this.#encoder.escapedHead}${this.#priority},\\"postDate\\":\\"${this.#postDate}\\"${correlation}${payload}}"]`;
  }
}

/** JSON as it stands in a JSON string. In JSON there are no control characters, and no halves of surrogate pairs. */
function escapeJson(json: string): string {
  return json.includes('"') || json.includes("\\") ? JSON.stringify(json).slice(1, -1) : json;
}

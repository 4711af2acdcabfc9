import { reasonOf } from "../../support/errors.ts";
import type { EncodedMessage } from "./encoded-message.ts";

/** What one incoming text frame holds. */
type Frame =
  | { readonly type: "open" }
  | { readonly type: "heartbeat" }
  /** One message or more. */
  | { readonly type: "messages"; readonly messages: readonly string[] }
  | { readonly type: "close"; readonly code: number; readonly reason: string }
  | { readonly type: "malformed"; readonly text: string; readonly reason: string };

/** How messages are put into text frames. */
export interface Framing {
  readonly name: "sockjs" | "raw";
  /** The text frame that holds one message. */
  encode(message: EncodedMessage): string;
  /** Never throws: what cannot be read comes back as `malformed`. */
  decode(frame: string): Frame;
}

/** Each text frame is one message. */
export const rawFraming: Framing = {
  name: "raw",
  encode: ({ message }) => message,
  decode: (frame) => ({ type: "messages", messages: [frame] }),
};

/** The frame that comes for every event; there is nothing to parse in it. */
const PUBLISHED_FRAME = 'a["IO_PUBLISHED"]';
const PUBLISHED: Frame = { type: "messages", messages: ["IO_PUBLISHED"] };

/** SockJS, the MSB's default. Source: docs/reference/protocol.md#frames. */
export const sockJsFraming: Framing = {
  name: "sockjs",
  encode: ({ escaped }) => `["${escaped}"]`,
  decode(frame) {
    if (frame === PUBLISHED_FRAME) {
      return PUBLISHED;
    }
    try {
      return decodeSockJs(frame);
    } catch (error) {
      return { type: "malformed", text: frame, reason: reasonOf(error) };
    }
  },
};

function decodeSockJs(frame: string): Frame {
  const content = frame.slice(1);
  switch (frame[0]) {
    case "o":
      return { type: "open" };
    case "h":
      return { type: "heartbeat" };
    case "a":
      return { type: "messages", messages: readTexts(JSON.parse(content)) };
    // A single message; of the SockJS protocol, although no MSB is known to send it.
    case "m":
      return { type: "messages", messages: readTexts([JSON.parse(content)]) };
    case "c":
      return readClose(JSON.parse(content));
    default:
      throw new Error("a SockJS frame starts with o, h, a, m or c");
  }
}

function readTexts(value: unknown): readonly string[] {
  if (!Array.isArray(value)) {
    throw new Error("the frame does not hold an array of messages");
  }
  for (const item of value) {
    if (typeof item !== "string") {
      throw new Error("a message of the frame is not a string");
    }
  }
  return value as readonly string[];
}

function readClose(value: unknown): Frame {
  const [code, reason] = Array.isArray(value) ? value : [];
  return {
    type: "close",
    code: typeof code === "number" ? code : 1005,
    reason: typeof reason === "string" ? reason : "",
  };
}

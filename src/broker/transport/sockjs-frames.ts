/** What a client's SockJS frame holds: its messages, or how Spring closes the connection because of it. */
export interface ClientFrame {
  /** Those before the fault, if there is one. */
  readonly messages: readonly string[];
  readonly fault: FrameFault | undefined;
}

interface FrameFault {
  readonly code: 1007 | 1011;
  readonly problem: string;
  /** Whether a SockJS close frame goes before the websocket's own. */
  readonly hasCloseFrame: boolean;
}

const NOTHING: ClientFrame = { messages: [], fault: undefined };

/** Reads a client's frame as Spring does with Jackson; `docs/reference/broker.md#sockjs`. */
export function readClientFrame(frame: string): ClientFrame {
  if (frame === "") {
    return NOTHING;
  }
  let value: unknown;
  try {
    value = JSON.parse(frame);
  } catch {
    return broken("a SockJS frame that is not JSON");
  }
  if (value === null) {
    return NOTHING;
  }
  if (!Array.isArray(value)) {
    return broken("a SockJS frame that is not an array of messages");
  }
  if (value.some((each) => typeof each === "object" && each !== null)) {
    return broken("a SockJS frame with an array or an object in the place of a message");
  }
  const end = value.indexOf(null);
  if (end === -1) {
    return { messages: value.map(String), fault: undefined };
  }
  const problem = "a SockJS frame with null in the place of a message";
  return {
    messages: value.slice(0, end).map(String),
    fault: { code: 1011, problem, hasCloseFrame: false },
  };
}

function broken(problem: string): ClientFrame {
  return { messages: [], fault: { code: 1007, problem, hasCloseFrame: true } };
}

/** What Spring writes as `\uXXXX`: characters that not every parser takes, and both halves of a pair. */
const SPECIAL = /[\u200c-\u200f\u2028-\u202f\u2060-\u206f\ufff0-\uffff\ud800-\udfff]/g;

/** The frame with these messages. */
export function writeMessages(messages: readonly string[]): string {
  const json = JSON.stringify(messages);
  return `a${json.replace(SPECIAL, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)}`;
}

export function writeClose(code: number, reason: string): string {
  return `c${JSON.stringify([code, reason])}`;
}

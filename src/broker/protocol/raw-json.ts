import { describeError, MsbDefinitionError } from "../../support/errors.ts";

/**
 * A value as a JSON string, for numbers that JavaScript cannot hold: `new RawJson("9007199254740993")`, `new RawJson("[1.0]")`.
 * {@link Broker.call}, {@link Broker.publish} and {@link Broker.configure} take it instead of a value.
 * @example
 * broker.call("press-7", "SET_COUNTER", new RawJson("9007199254740993"));
 */
export class RawJson {
  readonly text: string;

  /** @throws {MsbDefinitionError} if the string is not JSON. */
  constructor(text: string) {
    try {
      JSON.parse(text);
    } catch (error) {
      throw new MsbDefinitionError("RawJson", [
        { path: "", message: `is not JSON: ${describeError(error)}` },
      ]);
    }
    // White space around a string would hide that it is one.
    this.text = text.trim();
  }
}

/** The JSON text of a value; `undefined` for what JSON does not know. */
export function writeJson(value: unknown): string | undefined {
  return value instanceof RawJson ? value.text : JSON.stringify(value);
}

// `Cs` is half a surrogate pair.
const UNREADABLE = /[\\\n\r\t\p{Cs}]/u;
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[\n\r\t]+/g;

/**
 * The same JSON without what does not arrive everywhere. Some official clients cut a SockJS frame open instead of parsing it,
 * so that every backslash of a message arrives doubled. The Python client writes `\u00fc`, the C client `\/`, both need no
 * escape; the first breaks lines between values, too. Half a surrogate pair needs one: it has no UTF-8. Numbers stay as they are.
 */
export function tidyJson(json: string): string {
  if (!UNREADABLE.test(json)) {
    return json;
  }
  return json.replace(TOKENS, (token) => {
    if (!token.startsWith('"')) {
      return "";
    }
    return UNREADABLE.test(token) ? JSON.stringify(JSON.parse(token)) : token;
  });
}

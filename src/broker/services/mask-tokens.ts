import { endOfString } from "../support/json-string.ts";

/** Shows a message of a client, or a part of it. */
export type Mask = (message: string) => string;

const MASKED = '"•••"';

/** The key `token`, however it is written, before a string. */
const KEY = new RegExp(`"${[..."token"].map(anySpelling).join("")}"\\s*:\\s*(?=")`, "g");

/** A character, or its escape in JSON. */
function anySpelling(character: string): string {
  const code = character.charCodeAt(0).toString(16).padStart(4, "0");
  const anyCase = code.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
  return `(?:${character}|\\\\u${anyCase})`;
}

/** Hides the tokens of services, which stand in registrations. What an event carries is left alone. */
export const maskTokens: Mask = (message) => {
  if (message.startsWith("E")) {
    return message;
  }
  let shown = "";
  let end = 0;
  for (const { index, 0: key } of message.matchAll(KEY)) {
    const start = index + key.length;
    // Not by the pattern, which overflows the stack on long strings. One that does not end goes on to the end of the message.
    if (index >= end) {
      shown += message.slice(end, start) + MASKED;
      end = endOfString(message, start);
    }
  }
  return shown + message.slice(end);
};

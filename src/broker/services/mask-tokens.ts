/** Shows a message of a client, or a part of it. */
export type Mask = (message: string) => string;

const MASKED = '"•••"';

/** The key `token`, however it is written, and its string, also if that does not end. */
const TOKEN = new RegExp(
  `("${[..."token"].map(anySpelling).join("")}"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"?`,
  "gs",
);

/** A character, or its escape in JSON. */
function anySpelling(character: string): string {
  const code = character.charCodeAt(0).toString(16).padStart(4, "0");
  const anyCase = code.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
  return `(?:${character}|\\\\u${anyCase})`;
}

/** Hides the tokens of services, which stand in registrations. What an event carries is left alone. */
export const maskTokens: Mask = (message) =>
  message.startsWith("E") ? message : message.replace(TOKEN, `$1${MASKED}`);

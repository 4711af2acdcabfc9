const MAX_LENGTH = 200;

/** The first characters of a string. A copy, because a slice of a string keeps the whole string in memory. */
export function cut(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : JSON.parse(JSON.stringify(text.slice(0, maxLength)));
}

/** A string of unknown length, such as one from the server, short enough for people: a last `…` says that there is more. */
export function clip(text: string, maxLength = MAX_LENGTH): string {
  return text.length <= maxLength ? text : `${cut(text, maxLength - 1)}…`;
}

/** The same in quotes. */
export function quote(text: string): string {
  return JSON.stringify(clip(text));
}

const MAX_LENGTH = 200;

/** A text of unknown length, such as one from the server, for a message that people read. */
export function clip(text: string, maxLength = MAX_LENGTH): string {
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}

/** The same in quotes. */
export function quote(text: string): string {
  return JSON.stringify(clip(text));
}

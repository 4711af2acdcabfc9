const DATE_TIME =
  /^(\d{4})-(0[1-9]|1[0-2])-([0-2]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[-+](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** Milliseconds since 1970 of a date and time as the MSB has it: ISO 8601, with a zone. `undefined` if it is not one. */
export function readDateTime(text: string): number | undefined {
  const [, year, month, day] = DATE_TIME.exec(text) ?? [];
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const time = Date.parse(text);
  return day === undefined || Number(day) < 1 || Number(day) > days || Number.isNaN(time) ? undefined : time;
}

/** What `<input type="datetime-local">` shows: the time of the reader's clock. Empty for what is not a time. */
export function toLocal(text: string): string {
  const time = readDateTime(text);
  if (time === undefined) {
    return "";
  }
  const zone = new Date(time).getTimezoneOffset() * 60_000;
  return new Date(time - zone).toISOString().slice(0, -1);
}

/** The other way round; empty for an incomplete one. */
export function fromLocal(local: string): string {
  const time = Date.parse(local);
  return Number.isNaN(time) ? "" : new Date(time).toISOString();
}

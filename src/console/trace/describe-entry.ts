export const DIRECTIONS = { in: "to the broker", out: "to the client", note: "note" } as const;

/** Such as `09:05:07.042`. */
export function timeOf(at: number): string {
  const date = new Date(at);
  const pad = (value: number, length: number) => String(value).padStart(length, "0");
  const [hours, minutes, seconds] = [date.getHours(), date.getMinutes(), date.getSeconds()].map((each) =>
    pad(each, 2),
  );
  return `${hours}:${minutes}:${seconds}.${pad(date.getMilliseconds(), 3)}`;
}

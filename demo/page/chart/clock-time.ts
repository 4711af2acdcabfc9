const seconds = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const minutes = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** As a clock on the wall of the plant shows it: 21:40:28. */
export function clockTime(time: number): string {
  return seconds.format(time);
}

export function clockMinutes(time: number): string {
  return minutes.format(time);
}

/** "12 s", "3 min 5 s". */
export function inWords(milliseconds: number): string {
  const all = Math.max(0, Math.round(milliseconds / 1000));
  const whole = Math.floor(all / 60);
  const rest = all % 60;
  return [whole > 0 ? `${whole} min` : "", rest > 0 || whole === 0 ? `${rest} s` : ""]
    .filter(Boolean)
    .join(" ");
}

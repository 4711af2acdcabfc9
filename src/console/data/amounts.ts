const formatter = new Intl.NumberFormat("en");

/** `1,000`. One formatter for all: `toLocaleString()` takes several times as long, and some numbers are drawn ten times a second. */
export function formatNumber(value: number): string {
  return formatter.format(value);
}

/** `1 call`, `2 calls`, `1,000 calls`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

/** Messages per second: `0.2`, `3.0`, `1,200`. */
export function formatRate(rate: number): string {
  return rate < 0.05 || rate >= 9.95 ? formatNumber(Math.round(rate)) : rate.toFixed(1);
}

/** How long ago, for people: `now`, `3 s ago`, `5 min ago`. */
export function formatAge(milliseconds: number): string {
  return milliseconds < 1_500 ? "now" : `${formatDuration(milliseconds)} ago`;
}

/** In its largest unit: `3 s`, `5 min`, `2 h`, `4 days`. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return `${minutes} min`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}

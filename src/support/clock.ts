/**
 * The time that the client needs. Tests bring their own.
 * @example
 * const tenTimesFaster: Clock = {
 *   now: () => Date.now(), monotonic: () => performance.now() * 10,
 *   setTimeout: (callback, ms) => setTimeout(callback, ms / 10),
 *   clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
 * };
 */
export interface Clock {
  /** Milliseconds since the epoch: what a clock on the wall shows. It may be set, and then it jumps. */
  now(): number;
  /** Milliseconds since some moment; they only ever grow, at the pace of time. All durations are measured by them. @default now() */
  monotonic?(): number;
  /** Calls back once, after `ms` milliseconds. */
  setTimeout(callback: () => void, ms: number): unknown;
  /** Takes back what `setTimeout()` returned. */
  clearTimeout(timer: unknown): void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimeout: (callback, ms) => setTimeout(callback, ms),
  clearTimeout: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};

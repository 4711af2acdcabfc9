import { MsbDefinitionError, type MsbError, MsbRefusedError } from "../../support/errors.ts";

/**
 * How long to wait before the next attempt.
 * @param attempt 1 for the first attempt after a connection was lost or a registration refused, and so on. It starts again at 1 when
 *   an event was answered, or a connection lived longer than the pause before it
 * @param error why the connection was lost, or the attempt before failed
 * @returns milliseconds (at least 100 are waited in any case), or `false` to give up
 */
export type RetryPolicy = (attempt: number, error: MsbError) => number | false;

/** No attempt follows another without a pause, whatever a policy says. In milliseconds. */
export const MIN_PAUSE = 100;

/** The longest pause, in milliseconds: timers take no more. */
export const MAX_PAUSE = 2 ** 31 - 1;

/** Refusals that another attempt will not change. */
const FATAL_REPLIES: ReadonlySet<string> = new Set(["NIO_UNAUTHORIZED_CONNECTION", "NIO_REGISTRATION_ERROR"]);

/**
 * Whether trying again is of no use: the one place that decides it. So are two refusals. Everything else is tried again: every
 * close code, failed dials, timeouts, NIO_ALREADY_CONNECTED (the MSB may not have noticed yet that the old connection ended) and
 * NIO_UNEXPECTED_REGISTRATION_ERROR.
 */
export function isFatal(error: MsbError): boolean {
  return error instanceof MsbRefusedError && FATAL_REPLIES.has(error.reply);
}

/** How the pauses of {@link exponentialBackoff} grow. */
export interface BackoffOptions {
  /** The longest first pause, in milliseconds. @default 1000 */
  base?: number;
  /** The longest pause, in milliseconds. @default 60000 */
  cap?: number;
  /** By which factor the longest pause grows each time. @default 2 */
  factor?: number;
  /** From 0 up to 1; for tests. @default Math.random */
  random?: () => number;
}

/**
 * A retry policy whose pauses grow, each drawn at random between nothing and its most ("full jitter"), so that the
 * clients of an MSB that was restarted do not all come back at the same moment.
 * @throws {MsbDefinitionError}
 * @example
 * const retryPolicy = exponentialBackoff({ base: 500, cap: 30_000 });
 * const client = new MsbClient({ ...identity, retryPolicy });
 */
export function exponentialBackoff(options: BackoffOptions = {}): RetryPolicy {
  const { base = 1_000, cap = 60_000, factor = 2, random = Math.random } = options;
  const issues = Object.entries({ base, cap, factor })
    .filter(([, value]) => !Number.isFinite(value) || value < 1)
    .map(([path, value]) => ({ path, message: `must be a number, at least 1, not ${value}` }));
  if (issues.length > 0) {
    throw new MsbDefinitionError("exponentialBackoff", issues);
  }
  return (attempt) => random() * Math.min(cap, base * factor ** (attempt - 1));
}

/** The pause that a policy asks for, `fallback` if it asks for none; `false` to give up. */
export function pauseBefore(pause: number | false, fallback: number): number | false {
  if (pause === false) {
    return false;
  }
  if (!Number.isFinite(pause)) {
    return fallback;
  }
  return Math.min(MAX_PAUSE, Math.max(MIN_PAUSE, Math.round(pause)));
}

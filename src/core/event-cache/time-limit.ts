import type { Clock } from "../../support/clock.ts";
import { elapsed, GRACE, LATE } from "../../support/elapsed.ts";

/**
 * What the promise settles as; or, if it takes longer than `ms` milliseconds, a rejection. A program that stood still
 * meanwhile first gets time to hear what has come.
 */
export async function withTimeLimit<T>(
  promise: Promise<T>,
  clock: Clock,
  ms: number,
  tooLate: () => Error,
): Promise<T> {
  const due = elapsed(clock) + ms;
  let timer: unknown;
  const expired = new Promise<never>((_, reject) => {
    const expire = (): void => reject(tooLate());
    timer = clock.setTimeout(() => {
      if (elapsed(clock) - due > LATE) {
        timer = clock.setTimeout(expire, GRACE);
      } else {
        expire();
      }
    }, ms);
  });
  try {
    return await Promise.race([promise, expired]);
  } finally {
    clock.clearTimeout(timer);
  }
}

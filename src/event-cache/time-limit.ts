import type { Clock } from "../clock.ts";

/** What the promise settles as; or, if it takes longer than `ms` milliseconds, a rejection. */
export async function withTimeLimit<T>(
  promise: Promise<T>,
  clock: Clock,
  ms: number,
  tooLate: () => Error,
): Promise<T> {
  let timer: unknown;
  const expired = new Promise<never>((_, reject) => {
    timer = clock.setTimeout(() => reject(tooLate()), ms);
  });
  try {
    return await Promise.race([promise, expired]);
  } finally {
    clock.clearTimeout(timer);
  }
}

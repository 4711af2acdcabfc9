import { MsbError } from "./errors.ts";

/** @throws {MsbError} `ABORTED` if the signal has fired already. */
export function throwIfAborted(signal: AbortSignal | undefined, what: string): void {
  if (signal?.aborted === true) {
    throw aborted(signal, what);
  }
}

/** The promise, or a rejection as soon as the signal fires. */
export function abortable(
  promise: Promise<void>,
  signal: AbortSignal | undefined,
  what: string,
): Promise<void> {
  if (signal === undefined) {
    return promise;
  }
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(aborted(signal, what));
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

function aborted(signal: AbortSignal, what: string): MsbError {
  return new MsbError("ABORTED", `${what} was aborted by its signal.`, { cause: signal.reason });
}

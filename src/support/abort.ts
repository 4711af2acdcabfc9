import { MsbError } from "./errors.ts";

/** @throws {MsbError} `ABORTED` if the signal has fired already. */
export function throwIfAborted(signal: AbortSignal | undefined, what: string): void {
  if (signal?.aborted === true) {
    throw aborted(signal, what);
  }
}

/**
 * The promise, or a rejection as soon as the signal fires.
 * @param lastFailure what has kept the promise waiting, as far as that is known
 */
export function abortable(
  promise: Promise<void>,
  signal: AbortSignal | undefined,
  what: string,
  lastFailure: () => MsbError | undefined = () => undefined,
): Promise<void> {
  if (signal === undefined) {
    return promise;
  }
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(aborted(signal, what, lastFailure()));
    signal.addEventListener("abort", abort, { once: true });
    // A signal that has fired already does not fire again.
    if (signal.aborted) {
      abort();
    }
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

function aborted(signal: AbortSignal, what: string, failure?: MsbError): MsbError {
  const why = failure === undefined ? "" : ` The last attempt failed: ${failure.message}`;
  return new MsbError("ABORTED", `${what} was aborted by its signal.${why}`, { cause: signal.reason });
}

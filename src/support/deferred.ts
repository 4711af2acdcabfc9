import { ignore } from "./ignore.ts";

/** A promise with its handles outside. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
}

/** `Promise.withResolvers`, which Node.js 20 has not. */
export function withResolvers<T>(): Deferred<T> {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

/** The same; and a rejection that nobody awaits does not end the process. */
export function deferred<T = void>(): Deferred<T> {
  const made = withResolvers<T>();
  made.promise.catch(ignore);
  return made;
}

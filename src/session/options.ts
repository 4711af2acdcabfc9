import { anyBoolean, anySignal, milliseconds } from "../core/validation/checks.ts";
import { optionsReader } from "../core/validation/options.ts";

/** How `connect()` connects. */
export interface ConnectOptions {
  /**
   * Keep trying, as after a lost connection, if the first attempt fails; the promise waits for the first success.
   * @default false
   */
  waitForServer?: boolean;
  /**
   * Rejects the promise with `ABORTED`; nothing is dialled any more unless another call waits for the same connection, or there was
   * one before: a lost connection is still made again.
   */
  signal?: AbortSignal;
}

/** How `register()` waits. */
export interface RegisterOptions {
  /** Rejects the promise with `ABORTED`; what was sent stays sent. */
  signal?: AbortSignal;
}

/** How `start()` waits. */
export interface StartOptions {
  /**
   * Rejects the promise with `ABORTED`. Before the first IO_CONNECTED nothing is dialled any more; after it the client stays connected,
   * and a lost connection is still made again.
   */
  signal?: AbortSignal;
}

/** What `disconnect()` waits for. */
export interface DisconnectOptions {
  /**
   * Wait until everything published so far is settled; while nobody can be reached, until it is in the store, if there is one.
   * @default false
   */
  drain?: boolean;
  /** Milliseconds to wait for that at most; the rest is then rejected. @default 10000 */
  timeout?: number;
}

export const readSignalOption = optionsReader<{ signal?: AbortSignal }>({ signal: anySignal });
export const readConnectOptions = optionsReader<ConnectOptions>({
  signal: anySignal,
  waitForServer: anyBoolean,
});
export const readDisconnectOptions = optionsReader<DisconnectOptions>({
  drain: anyBoolean,
  timeout: milliseconds(0),
});

export interface ConnectOptions {
  /**
   * Keep trying, as after a lost connection, if the first attempt fails; the promise waits for the first success.
   * @default false
   */
  waitForServer?: boolean;
  /** Rejects the promise with `ABORTED`; nothing is dialled any more unless another call waits for the same connection. */
  signal?: AbortSignal;
}

export interface RegisterOptions {
  /** Rejects the promise with `ABORTED`; what was sent stays sent. */
  signal?: AbortSignal;
}

export interface DisconnectOptions {
  /** Wait until everything published so far is settled. @default false */
  drain?: boolean;
  /** Milliseconds to wait for that at most; the rest is then rejected. @default 10000 */
  timeout?: number;
}

import type { MsbError } from "../support/errors.ts";

/**
 * The state of a client.
 *
 * - `disconnected`: nothing is open, and nothing tries.
 * - `connecting`: a socket is being opened, up to IO_CONNECTED.
 * - `connected`: IO_CONNECTED came; not registered.
 * - `registering`: R was sent.
 * - `registered`: IO_REGISTERED came; events flow.
 * - `reconnecting`: the connection was lost; the next attempt waits for its time.
 * - `disconnecting`: `disconnect()` was called; the socket is closing.
 */
export type SessionState =
  | "disconnected"
  | "connecting"
  | "connected"
  | "registering"
  | "registered"
  | "reconnecting"
  | "disconnecting";

/** What a `stateChange` listener gets. */
export interface StateChange {
  readonly state: SessionState;
  readonly previous: SessionState;
  /** Why, if something went wrong. */
  readonly error?: MsbError | undefined;
  /** Milliseconds to the next attempt: to connect, or, with `connected`, to register. */
  readonly retryInMs?: number | undefined;
}

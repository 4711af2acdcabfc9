import type { CallMessage, ConfigurationMessage } from "../core/codec/index.ts";
import type { CachedEvent, EventStore } from "../core/event-cache/index.ts";
import type { SocketFactory } from "../socket/index.ts";
import type { Clock } from "../support/clock.ts";
import type { MsbError } from "../support/errors.ts";
import type { LevelLogger } from "../support/logger.ts";
import type { NetworkHints } from "./reconnecting/network-hints.ts";
import type { SessionSettings } from "./settings.ts";
import type { StateChange } from "./state.ts";

export interface SessionOptions {
  readonly settings: SessionSettings;
  readonly clock: Clock;
  /** A number from 0 up to 1, without 1. */
  readonly random: () => number;
  readonly openSocket: SocketFactory;
  readonly store: EventStore | undefined;
  readonly networkHints: NetworkHints;
  readonly logger: LevelLogger;
  /** The R message as it is now. */
  registrationMessage(): string;
  onStateChange(change: StateChange): void;
  onCall(call: CallMessage): void;
  onConfiguration(configuration: ConfigurationMessage): void;
  onDropped(event: CachedEvent, error: MsbError): void;
  /** Something went wrong that no caller waits for. */
  onError(error: MsbError): void;
}

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

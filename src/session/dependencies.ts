import type { CallMessage, ConfigurationMessage } from "../core/codec/index.ts";
import type { CachedEvent, EventStore } from "../core/event-cache/index.ts";
import type { SocketFactory } from "../socket/index.ts";
import type { Clock } from "../support/clock.ts";
import type { MsbError } from "../support/errors.ts";
import type { LevelLogger } from "../support/logger.ts";
import type { NetworkHints } from "./reconnecting/network-hints.ts";
import type { SessionSettings } from "./settings.ts";
import type { StateChange } from "./state.ts";

/** What a session needs of the client that it belongs to. */
export interface SessionDependencies {
  readonly settings: SessionSettings;
  readonly clock: Clock;
  /** Gives a number from 0 up to 1, without 1. */
  readonly random: () => number;
  readonly openSocket: SocketFactory;
  readonly store: EventStore | undefined;
  readonly networkHints: NetworkHints;
  readonly logger: LevelLogger;
  /** What has not come to the outbox yet comes to it, and then {@link Outbox.drain} is over. */
  drain(): Promise<void>;
  /** The R message as it is now. */
  registrationMessage(): string;
  onStateChange(change: StateChange): void;
  /** Whether somebody hears of every message. */
  readonly isOverheard: boolean;
  onText(direction: "in" | "out", text: string): void;
  onCall(call: CallMessage): void;
  onConfiguration(configuration: ConfigurationMessage): void;
  onDropped(event: CachedEvent, error: MsbError): void;
  /** Something went wrong that no caller waits for. */
  onError(error: MsbError): void;
}

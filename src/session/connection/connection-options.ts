import type { Framing, IncomingMessage } from "../../core/codec/index.ts";
import type { SocketFactory, SocketOptions } from "../../socket/index.ts";
import type { Clock } from "../../support/clock.ts";
import type { LevelLogger } from "../../support/logger.ts";
import type { Meter } from "../meter.ts";
import type { ConnectionEnd } from "./connection-end.ts";

/** What a connection tells, and asks of, the session that it belongs to. */
export interface ConnectionOwner {
  readonly clock: Clock;
  readonly logger: LevelLogger;
  /** Measures what is sent and received, once somebody has asked for it. */
  readonly meter: Meter | undefined;
  /** Whether somebody hears of every message: asked before anything is put together. */
  readonly isOverheard: boolean;
  /** A message is about to be sent, or came. Only if somebody hears of it. */
  onText(direction: "in" | "out", text: string): void;
  onMessage(message: IncomingMessage): void;
  /** The socket was full, and takes more again. */
  onRoom(): void;
  /** Called exactly once, last of all. */
  onEnd(end: ConnectionEnd): void;
}

/** The settings of one connection, as they were when it was dialled. */
export interface ConnectionOptions {
  readonly url: string;
  readonly framing: Framing;
  readonly openSocket: SocketFactory;
  readonly socketOptions: SocketOptions;
  /** Bytes of a frame for the events of one turn; `undefined` gives each event a frame of its own. */
  readonly batchBytes: number | undefined;
  /** From the dial to IO_CONNECTED, in milliseconds. */
  readonly connectTimeout: number;
  /** Milliseconds between pings; `undefined` sends none. */
  readonly pingInterval: number | undefined;
  /** From the closing handshake to giving up on it, in milliseconds. */
  readonly closeTimeout: number;
}

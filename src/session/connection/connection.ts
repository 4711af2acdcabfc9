import {
  type EncodedMessage,
  type Framing,
  type IncomingMessage,
  PlainMessage,
  PONG,
} from "../../core/codec/index.ts";
import type { Socket, SocketClose } from "../../socket/index.ts";
import type { Clock } from "../../support/clock.ts";
import { elapsed } from "../../support/elapsed.ts";
import { describeError, type MsbError } from "../../support/errors.ts";
import type { LevelLogger } from "../../support/logger.ts";
import { Batch } from "./batch.ts";
import { connectError } from "./connect-errors.ts";
import {
  type ConnectionEnd,
  connectionDead,
  connectionLost,
  disconnected,
  type ServerClose,
  serverCloseOf,
  socketFailed,
} from "./connection-end.ts";
import type { ConnectionOptions, ConnectionOwner } from "./connection-options.ts";
import { type FrameReader, readFrame } from "./incoming-frames.ts";
import { Liveness, type LivenessOwner } from "./liveness.ts";
import { Opening } from "./opening.ts";
import { isRoom, Room } from "./room.ts";

/**
 * One socket with its framing, from the dial to its end. A session makes a new one for every attempt, so nothing
 * that an old socket still has to say can reach the new one.
 */
export class Connection implements FrameReader, LivenessOwner {
  readonly clock: Clock;
  readonly logger: LevelLogger;
  readonly framing: Framing;
  readonly #owner: ConnectionOwner;
  readonly #closeTimeout: number;
  readonly #batch: Batch | undefined;
  /** In the phase "opening" only. */
  #opening: Opening | undefined;
  #socket: Socket | undefined;
  #closeTimer: unknown;
  #phase: "opening" | "open" | "closing" | "ended" = "opening";
  #serverClose: ServerClose | undefined;
  /** Made when there are signs of life that may be missed. */
  #liveness: Liveness | undefined;
  /** Made when the socket is full. */
  #room: Room | undefined;
  #readingSince: number | undefined;

  constructor(options: ConnectionOptions, owner: ConnectionOwner) {
    this.#owner = owner;
    this.clock = owner.clock;
    this.logger = owner.logger;
    this.framing = options.framing;
    this.#closeTimeout = options.closeTimeout;
    this.#batch =
      options.batchBytes === undefined
        ? undefined
        : new Batch(options.batchBytes, (frame) => this.#write(frame));
    this.#readingSince = elapsed(owner.clock);
    this.#opening = new Opening(options, this.clock, (error) => this.abort(error));
  }

  /** Since when what comes is read, in monotonic milliseconds; `undefined` while reading is paused. */
  get readingSince(): number | undefined {
    return this.#readingSince;
  }

  get isPaused(): boolean {
    return this.#readingSince === undefined;
  }

  get isReading(): boolean {
    return this.#phase !== "ended";
  }

  /** Whether the socket takes more. */
  get hasRoom(): boolean {
    return isRoom(this.#unsentBytes);
  }

  /** The same; and if the socket is full, `onRoom` tells when it takes more again. What waits for room is sent first. */
  askForRoom(): boolean {
    const takesMore = this.hasRoom || this.#fullRoom.ask();
    if (takesMore) {
      this.#room?.sendWaiting();
    }
    return takesMore;
  }

  /** Whether a message waits for the socket to have room. */
  get isSendingSoon(): boolean {
    return this.#room?.isAwaited === true;
  }

  /** Dials. Apart from the constructor, because a socket may fail, or open, before its factory returns. */
  open(): void {
    try {
      const socket = this.#opening?.dial({
        open: () => this.#onOpen(),
        message: (text) => this.#onFrame(text),
        pong: () => this.#liveness?.onSign(),
        close: (close) => this.#onClose(close),
      });
      if (this.#phase !== "ended") {
        this.#socket = socket;
      }
    } catch (error) {
      const cause = error instanceof Error ? error : new Error(describeError(error));
      this.#end({ error: this.#lost({ code: 1006, reason: "", error: cause }), serverClose: undefined });
    }
  }

  /** Hands a message to the socket, in a frame of its own. Ask `askForRoom()` first. */
  send(message: EncodedMessage): void {
    if (this.#phase === "open" && this.#tell(message)) {
      this.#batch?.flush();
      this.#write(this.framing.encode(message));
    }
  }

  /** The same for an event, which may share its frame with others. */
  sendEvent(message: EncodedMessage): void {
    if (this.#batch === undefined) {
      this.send(message);
    } else if (this.#phase === "open" && this.#tell(message)) {
      this.#batch.add(message);
    }
  }

  /** The same, as soon as the socket has room. One message can wait; another one takes its place. */
  sendSoon(message: string): void {
    if (this.hasRoom) {
      this.withdraw();
      this.send(new PlainMessage(message));
    } else {
      this.#fullRoom.sendSoon(message);
    }
  }

  /** What waits for the socket to have room is not sent. */
  withdraw(): void {
    this.#room?.withdraw();
  }

  /** Reads nothing more until `resume()`. @returns false if the platform cannot do that */
  pause(): boolean {
    if (this.#phase !== "open" || this.#socket?.pause === undefined) {
      return false;
    }
    this.#readingSince = undefined;
    this.#ask((socket) => socket.pause?.(), undefined);
    return true;
  }

  resume(): void {
    if (!this.isPaused) {
      return;
    }
    this.#readingSince = elapsed(this.clock);
    this.#ask((socket) => socket.resume?.(), undefined);
  }

  /** Closes with a handshake; ends without one if the other side does not answer in time. */
  close(): void {
    if (this.#phase === "closing" || this.#phase === "ended") {
      return;
    }
    this.#batch?.flush();
    // The socket may have failed at once.
    if (!this.isReading) {
      return;
    }
    this.#phase = "closing";
    this.#stopOpening();
    this.resume();
    if (this.#socket === undefined) {
      return this.#end({ error: disconnected(), serverClose: undefined });
    }
    this.#abortIn(this.#closeTimeout, disconnected());
    this.#ask((socket) => socket.close(1000), undefined);
  }

  /** Ends the connection now, for the reason given. */
  abort(error: MsbError): void {
    this.#abort({ error, serverClose: this.#serverClose });
  }

  /** SockJS servers close the socket after this frame; one that does not is helped along. */
  onCloseFrame(close: ServerClose): void {
    if (this.#phase === "closing" || this.#serverClose !== undefined) {
      return;
    }
    this.#batch?.flush();
    if (!this.isReading) {
      return;
    }
    this.#serverClose = close;
    this.#abortIn(this.#closeTimeout, this.#lost(close));
    this.#ask((socket) => socket.close(1000), undefined);
  }

  onText(text: string): void {
    if (this.#owner.isOverheard) {
      this.#owner.onText("in", text);
    }
  }

  onMessage(message: IncomingMessage): void {
    if (message.type === "connected" && this.#phase === "opening") {
      this.#onConnected();
    }
    if (message.type === "ping") {
      // One that reads nothing needs no answer.
      if (this.hasRoom) {
        this.send(new PlainMessage(PONG));
      }
      this.#onHeartbeat("ping");
    }
    this.#owner.onMessage(message);
  }

  onHeartbeat(): void {
    this.#onHeartbeat("h");
  }

  sendPing(): void {
    if (this.hasRoom) {
      this.#ask((socket) => socket.ping?.(), undefined);
    }
  }

  onDead(silence: number): void {
    this.abort(connectionDead(silence));
  }

  #abort(end: ConnectionEnd): void {
    if (this.#phase === "ended") {
      return;
    }
    const socket = this.#socket;
    this.#end(end);
    try {
      socket?.terminate();
    } catch (error) {
      this.logger.debug(`the socket could not be ended: ${describeError(error)}`);
    }
  }

  /** @returns false if whoever was told has ended the connection */
  #tell(message: EncodedMessage): boolean {
    if (this.logger.isTracing) {
      this.logger.trace(() => `-> ${message.message}`);
    }
    if (this.#owner.isOverheard) {
      this.#owner.onText("out", message.message);
    }
    return this.#phase === "open";
  }

  #write(frame: string): void {
    this.#owner.meter?.onFrameSent(frame);
    try {
      this.#socket?.send(frame);
    } catch (cause) {
      this.#failSocket(cause);
    }
  }

  /** A socket that fails is a broken connection, whatever was asked of it. */
  #ask<T>(ask: (socket: Socket) => T, otherwise: T): T {
    try {
      return this.#socket === undefined ? otherwise : ask(this.#socket);
    } catch (cause) {
      this.#failSocket(cause);
      return otherwise;
    }
  }

  #failSocket(cause: unknown): void {
    this.#abort({ error: socketFailed(cause), serverClose: undefined });
  }

  #onOpen(): void {
    this.logger.debug(`socket open: ${this.#opening?.options.url}`);
  }

  #onFrame(text: string): void {
    if (this.#phase === "ended") {
      return;
    }
    this.#liveness?.onSign();
    this.#owner.meter?.onFrameReceived(text);
    readFrame(text, this);
  }

  #onConnected(): void {
    const pingInterval = this.#opening?.options.pingInterval;
    this.#phase = "open";
    this.#stopOpening();
    if (pingInterval !== undefined && this.#socket?.ping !== undefined) {
      this.#liveness = new Liveness(this, pingInterval);
    }
  }

  #onHeartbeat(kind: "h" | "ping"): void {
    if (this.#phase !== "opening" && this.isReading) {
      this.#liveness ??= new Liveness(this, undefined);
      this.#liveness.onHeartbeat(kind);
    }
  }

  #stopOpening(): void {
    this.#opening?.stop();
    this.#opening = undefined;
  }

  get #fullRoom(): Room {
    this.#room ??= new Room({
      clock: this.clock,
      unsentBytes: () => this.#unsentBytes,
      send: (message) => this.send(new PlainMessage(message)),
      onRoom: () => this.#owner.onRoom(),
    });
    return this.#room;
  }

  get #unsentBytes(): number | undefined {
    if (this.#phase !== "open" || this.#serverClose !== undefined) {
      return undefined;
    }
    return this.#ask((socket) => socket.bufferedAmount, 0);
  }

  #onClose(close: SocketClose): void {
    if (this.#phase === "closing") {
      return this.#end({ error: disconnected(), serverClose: undefined });
    }
    const serverClose = this.#serverClose ?? serverCloseOf(close);
    this.#end({ error: this.#lost({ ...close, ...serverClose }), serverClose });
  }

  #lost(close: SocketClose): MsbError {
    return this.#opening === undefined
      ? connectionLost(close)
      : connectError(this.#opening.options.url, close);
  }

  #end(end: ConnectionEnd): void {
    if (this.#phase === "ended") {
      return;
    }
    this.#phase = "ended";
    this.#stopOpening();
    this.clock.clearTimeout(this.#closeTimer);
    this.#room?.stop();
    this.#liveness?.stop();
    this.#socket = undefined;
    this.#owner.onEnd(end);
  }

  #abortIn(ms: number, error: MsbError): void {
    this.clock.clearTimeout(this.#closeTimer);
    this.#closeTimer = this.clock.setTimeout(() => this.abort(error), ms);
  }
}

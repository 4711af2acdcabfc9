import {
  type EncodedMessage,
  type Framing,
  type IncomingMessage,
  PlainMessage,
  PONG,
} from "../../core/codec/index.ts";
import type { Socket, SocketClose } from "../../socket/index.ts";
import { elapsed } from "../../support/elapsed.ts";
import { describeError, type MsbError } from "../../support/errors.ts";
import { Batch } from "./batch.ts";
import { connectError } from "./connect-errors.ts";
import {
  type ConnectionEnd,
  connectionDead,
  connectionLost,
  disconnected,
  notAnswered,
  type ServerClose,
  serverCloseOf,
  socketFailed,
} from "./connection-end.ts";
import type { ConnectionOptions } from "./connection-options.ts";
import { IncomingFrames } from "./incoming-frames.ts";
import { Liveness } from "./liveness.ts";
import { Room } from "./room.ts";
import { Watchdog } from "./watchdog.ts";

/**
 * One socket with its framing, from the dial to its end. A session makes a new one for every attempt, so nothing
 * that an old socket still has to say can reach the new one.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #connectWatch: Watchdog;
  readonly #room: Room;
  readonly #frames: IncomingFrames;
  readonly #batch: Batch | undefined;
  #socket: Socket | undefined;
  #closeTimer: unknown;
  #phase: "opening" | "open" | "closing" | "ended" = "opening";
  #serverClose: ServerClose | undefined;
  #liveness: Liveness | undefined;
  #readingSince: number | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#readingSince = elapsed(options.clock);
    this.#room = new Room({
      clock: options.clock,
      unsentBytes: () => this.#unsentBytes(),
      send: (message) => this.send(new PlainMessage(message)),
      onRoom: () => options.onRoom(),
    });
    this.#frames = new IncomingFrames({
      framing: options.framing,
      logger: options.logger,
      isReading: () => this.#phase !== "ended",
      onMessage: (message) => this.#onMessage(message),
      onHeartbeat: () => this.#liveness?.onHeartbeat("h"),
      onClose: (close) => this.#onCloseFrame(close),
    });
    const { batchBytes } = options;
    this.#batch = batchBytes === undefined ? undefined : new Batch(batchBytes, (frame) => this.#write(frame));
    this.#connectWatch = new Watchdog({
      clock: options.clock,
      limit: () => (this.#phase === "opening" ? options.connectTimeout : undefined),
      onSilence: () => this.abort(notAnswered(options.url, options.connectTimeout)),
    });
  }

  get framing(): Framing {
    return this.#options.framing;
  }

  /** Since when what comes is read, in monotonic milliseconds; `undefined` while reading is paused. */
  get readingSince(): number | undefined {
    return this.#readingSince;
  }

  get isPaused(): boolean {
    return this.#readingSince === undefined;
  }

  /** Whether the socket takes more. */
  get hasRoom(): boolean {
    return this.#room.isFree;
  }

  /** The same; and if the socket is full, `onRoom` tells when it takes more again. */
  askForRoom(): boolean {
    return this.#room.ask();
  }

  /** Whether a message waits for the socket to have room. */
  get isSendingSoon(): boolean {
    return this.#room.isAwaited;
  }

  /** Dials. Apart from the constructor, because a socket may fail, or open, before its factory returns. */
  open(): void {
    const { url, openSocket, socketOptions, logger } = this.#options;
    this.#connectWatch.sign();
    this.#connectWatch.watch();
    try {
      const socket = openSocket(
        url,
        {
          open: () => logger.debug(`socket open: ${url}`),
          message: (text) => this.#onFrame(text),
          pong: () => this.#liveness?.onSign(),
          close: (close) => this.#onClose(close),
        },
        socketOptions,
      );
      if (this.#phase !== "ended") {
        this.#socket = socket;
      }
    } catch (error) {
      const cause = error instanceof Error ? error : new Error(String(error));
      this.#end({ error: this.#lost({ code: 1006, reason: "", error: cause }), serverClose: undefined });
    }
  }

  /** Hands a message to the socket, in a frame of its own. Ask `askForRoom()` first. */
  send(message: EncodedMessage): void {
    if (this.#phase === "open") {
      this.#trace(message);
      this.#batch?.flush();
      this.#write(message.frame(this.framing));
    }
  }

  /** The same for an event, which may share its frame with others. */
  sendEvent(message: EncodedMessage): void {
    if (this.#batch === undefined) {
      this.send(message);
    } else if (this.#phase === "open") {
      this.#trace(message);
      this.#batch.add(message);
    }
  }

  /** The same, as soon as the socket has room. One message can wait; another one takes its place. */
  sendSoon(message: string): void {
    this.#room.sendSoon(message);
  }

  /** What waits for the socket to have room is not sent. */
  withdraw(): void {
    this.#room.withdraw();
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
    this.#readingSince = elapsed(this.#options.clock);
    this.#ask((socket) => socket.resume?.(), undefined);
  }

  /** Closes with a handshake; ends without one if the other side does not answer in time. */
  close(): void {
    if (this.#phase === "closing" || this.#phase === "ended") {
      return;
    }
    this.#batch?.flush();
    this.#phase = "closing";
    this.resume();
    if (this.#socket === undefined) {
      return this.#end({ error: disconnected(), serverClose: undefined });
    }
    this.#abortIn(this.#options.closeTimeout, disconnected());
    this.#ask((socket) => socket.close(1000), undefined);
  }

  /** Ends the connection now, for the reason given. */
  abort(error: MsbError): void {
    this.#abort({ error, serverClose: this.#serverClose });
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
      this.#options.logger.debug(`the socket could not be ended: ${describeError(error)}`);
    }
  }

  #trace(message: EncodedMessage): void {
    const { logger } = this.#options;
    if (logger.isTracing) {
      logger.trace(() => `-> ${message.message}`);
    }
  }

  #write(frame: string): void {
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

  #onFrame(text: string): void {
    if (this.#phase === "ended") {
      return;
    }
    this.#liveness?.onSign();
    this.#frames.read(text);
  }

  /** SockJS servers close the socket after this frame; one that does not is helped along. */
  #onCloseFrame(close: ServerClose): void {
    if (this.#phase === "closing" || this.#serverClose !== undefined) {
      return;
    }
    this.#serverClose = close;
    this.#abortIn(this.#options.closeTimeout, this.#lost(close));
    this.#ask((socket) => socket.close(1000), undefined);
  }

  #onMessage(message: IncomingMessage): void {
    if (message.type === "connected" && this.#phase === "opening") {
      this.#phase = "open";
      this.#connectWatch.stop();
      this.#watch();
    }
    if (message.type === "ping") {
      // One that reads nothing needs no answer.
      if (this.hasRoom) {
        this.send(new PlainMessage(PONG));
      }
      this.#liveness?.onHeartbeat("ping");
    }
    this.#options.onMessage(message);
  }

  #watch(): void {
    const { clock, pingInterval } = this.#options;
    const canPing = this.#socket?.ping !== undefined;
    this.#liveness = new Liveness({
      clock,
      pingInterval: canPing ? pingInterval : undefined,
      ping: () => {
        if (this.hasRoom) {
          this.#ask((socket) => socket.ping?.(), undefined);
        }
      },
      readingSince: () => this.#readingSince,
      onDead: (silence) => this.abort(connectionDead(silence)),
    });
  }

  #unsentBytes(): number | undefined {
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
    return this.#phase === "opening" ? connectError(this.#options.url, close) : connectionLost(close);
  }

  #end(end: ConnectionEnd): void {
    if (this.#phase === "ended") {
      return;
    }
    this.#phase = "ended";
    this.#connectWatch.stop();
    this.#options.clock.clearTimeout(this.#closeTimer);
    this.#room.stop();
    this.#liveness?.stop();
    this.#socket = undefined;
    this.#options.onEnd(end);
  }

  #abortIn(ms: number, error: MsbError): void {
    const { clock } = this.#options;
    clock.clearTimeout(this.#closeTimer);
    this.#closeTimer = clock.setTimeout(() => this.abort(error), ms);
  }
}

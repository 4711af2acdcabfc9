import type { Clock } from "../../support/clock.ts";

/** Above this many unsent bytes nothing more is handed to the socket. */
const SOCKET_HIGH_WATER = 4_000_000;

/** Milliseconds between two looks at whether a full socket has room again: no platform tells. */
const ROOM_CHECK = 50;

export interface RoomOptions {
  readonly clock: Clock;
  /** Bytes that the socket was given and has not sent; `undefined` if it takes nothing any more, or not yet. */
  unsentBytes(): number | undefined;
  send(message: string): void;
  /** The socket was full, and takes more again. */
  onRoom(): void;
}

/** Whether a socket with so many unsent bytes takes more. */
export function isRoom(unsentBytes: number | undefined): boolean {
  return unsentBytes !== undefined && unsentBytes < SOCKET_HIGH_WATER;
}

/** Back pressure: whether the socket takes more; if it is full, when it does again; and the one message that waits for that. */
export class Room {
  readonly #options: RoomOptions;
  #waiting: string | undefined;
  #timer: unknown;

  constructor(options: RoomOptions) {
    this.#options = options;
  }

  /** Whether a message waits. */
  get isAwaited(): boolean {
    return this.#waiting !== undefined;
  }

  /** Whether there is room. If the socket is full, a timer starts: `onRoom` tells when there is. */
  ask(): boolean {
    const bytes = this.#options.unsentBytes();
    if (bytes === undefined) {
      return false;
    }
    const isFree = isRoom(bytes);
    if (!isFree) {
      this.#timer ??= this.#options.clock.setTimeout(() => this.#check(), ROOM_CHECK);
    }
    return isFree;
  }

  /** Sends a message as soon as there is room, in the place of one that waits already. */
  sendSoon(message: string): void {
    this.#waiting = message;
    if (this.ask()) {
      this.sendWaiting();
    }
  }

  /** There is room: what waits for it is sent. */
  sendWaiting(): void {
    const message = this.#waiting;
    this.#waiting = undefined;
    if (message !== undefined) {
      this.#options.send(message);
    }
  }

  /** What waits is not sent. */
  withdraw(): void {
    this.#waiting = undefined;
  }

  stop(): void {
    this.#options.clock.clearTimeout(this.#timer);
  }

  #check(): void {
    this.#timer = undefined;
    if (this.ask()) {
      this.sendWaiting();
      this.#options.onRoom();
    }
  }
}

import Queue from "yocto-queue";
import { quote } from "../support/clip.ts";
import type { Clock } from "../support/clock.ts";
import { MsbConnectionError, MsbError } from "../support/errors.ts";
import type { LevelLogger } from "../support/logger.ts";

/** Characters of the messages of calls that wait. */
const WAITING_SIZE = 16_000_000;
/** A second, counted in ticks of milliseconds: a program that stood still sees only one of them pass. */
const QUIET_TICKS = 2;
const QUIET_TICK = 500;

/** What the queue asks of the connection. */
interface ReadingControl {
  /**
   * Reads nothing more from the connection, so that the server has to wait.
   * @returns false if the platform cannot
   */
  pauseReading(): boolean;
  resumeReading(): void;
  /** Messages (events, registrations) that were sent and are not answered. */
  readonly inFlight: number;
}

export interface CallQueueOptions {
  /** Calls that run at a time. */
  readonly limit: number;
  /** Calls that may wait. */
  readonly capacity: number;
  readonly reading: ReadingControl;
  readonly clock: Clock;
  readonly logger: LevelLogger;
  report(error: MsbError): void;
}

export interface QueuedCall {
  readonly functionId: string;
  /** Characters of its message. */
  readonly size: number;
  /** @returns settles, and never rejects, when the handler has ended; `undefined` if it has already */
  run(): Promise<void> | undefined;
}

/**
 * Runs calls in the order in which they came, a limited number at a time; the others wait. When too many wait, nothing more is
 * read from the connection until half of them run. If that cannot be, further calls are refused.
 *
 * Answers come over the same connection: handlers that await `publish()` would wait for ever while nothing is read. So if
 * something is in flight and no call ends for a second, reading goes on, and what does not fit is refused.
 */
export class CallQueue {
  readonly #options: CallQueueOptions;
  readonly #waiting = new Queue<QueuedCall>();
  #running = 0;
  #waitingSize = 0;
  /** `forced`: it goes on although the queue is full. */
  #reading: "on" | "paused" | "forced" = "on";
  #timer: unknown;

  constructor(options: CallQueueOptions) {
    this.#options = options;
  }

  add(call: QueuedCall): void {
    if (this.#mayRun && this.#waiting.size === 0) {
      return this.#start(call);
    }
    // While it is paused, what had been read before still comes. All of it fits into a frame and the socket's buffer.
    if (this.#isFull && !this.#pause()) {
      return this.#options.report(this.#refused(call));
    }
    this.#waiting.enqueue(call);
    this.#waitingSize += call.size;
    if (this.#isFull) {
      this.#pause();
    }
  }

  /** The limit changed: more calls may run. */
  refill(): void {
    while (this.#mayRun && this.#waiting.size > 0) {
      this.#start(this.#takeNext() as QueuedCall);
    }
    this.#checkReading();
  }

  /** The connection broke: what came over it still runs, and the next one is read. */
  connectionLost(): void {
    this.#readOn();
  }

  /** The client disconnects: what has not started does not run any more. */
  clear(): void {
    const { size } = this.#waiting;
    this.#waiting.clear();
    this.#waitingSize = 0;
    this.#readOn();
    if (size === 0) {
      return;
    }
    const calls = size === 1 ? "A call that waited was" : `${size} calls that waited were`;
    const message = `${calls} not run: the client was disconnected.`;
    this.#options.report(new MsbConnectionError("DISCONNECTED", message));
  }

  get #mayRun(): boolean {
    return this.#running < this.#options.limit;
  }

  get #isFull(): boolean {
    return this.#waiting.size >= this.#options.capacity || this.#waitingSize >= WAITING_SIZE;
  }

  get #isHalfEmpty(): boolean {
    return this.#waiting.size <= this.#options.capacity / 2 && this.#waitingSize <= WAITING_SIZE / 2;
  }

  /** Starts a call, and others after it, until one goes on by itself. */
  #start(call: QueuedCall): void {
    for (let next: QueuedCall | undefined = call; next !== undefined; next = this.#takeNext()) {
      this.#running += 1;
      const ended = next.run();
      if (ended !== undefined) {
        void ended.then(() => this.#onEnd());
        return;
      }
      this.#running -= 1;
    }
  }

  #onEnd(): void {
    this.#running -= 1;
    const next = this.#mayRun ? this.#takeNext() : undefined;
    if (next !== undefined) {
      this.#start(next);
    }
    this.#checkReading();
  }

  #takeNext(): QueuedCall | undefined {
    const next = this.#waiting.dequeue();
    this.#waitingSize -= next?.size ?? 0;
    return next;
  }

  /** A call has ended: perhaps there is room to read on. */
  #checkReading(): void {
    if (this.#reading === "on") {
      return;
    }
    if (this.#isHalfEmpty) {
      this.#readOn();
    } else if (this.#reading === "paused") {
      this.#watch();
    }
  }

  #pause(): boolean {
    if (this.#reading !== "on") {
      return this.#reading === "paused";
    }
    const { reading, logger, limit } = this.#options;
    if (!reading.pauseReading()) {
      return false;
    }
    this.#reading = "paused";
    this.#watch();
    logger.warn(
      `${limit} handlers run and ${this.#waiting.size} calls wait: nothing more is read until half of these run`,
    );
    return true;
  }

  #readOn(): void {
    this.#options.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    const wasPaused = this.#reading === "paused";
    this.#reading = "on";
    if (wasPaused) {
      this.#options.reading.resumeReading();
    }
  }

  /** Waits for a second without the end of a call. */
  #watch(): void {
    this.#options.clock.clearTimeout(this.#timer);
    let quietTicks = 0;
    const tick = (): void => {
      const { reading, clock } = this.#options;
      quietTicks = reading.inFlight > 0 ? quietTicks + 1 : 0;
      if (quietTicks < QUIET_TICKS) {
        this.#timer = clock.setTimeout(tick, QUIET_TICK);
        return;
      }
      this.#timer = undefined;
      this.#reading = "forced";
      reading.resumeReading();
    };
    this.#timer = this.#options.clock.setTimeout(tick, QUIET_TICK);
  }

  #refused({ functionId }: QueuedCall): MsbError {
    const { limit } = this.#options;
    const message = `A call of function ${quote(functionId)} was refused: ${limit} handlers run and ${this.#waiting.size} calls wait.`;
    return new MsbError("BUSY", message, {
      remedy: "Make handlers faster, or set a larger maxConcurrentCalls.",
    });
  }
}

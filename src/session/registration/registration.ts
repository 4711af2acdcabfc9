import { PlainMessage } from "../../core/codec/index.ts";
import type { Clock } from "../../support/clock.ts";
import type { Deferred } from "../../support/deferred.ts";
import { MsbConnectionError, type MsbError } from "../../support/errors.ts";
import type { Connection } from "../connection/connection.ts";
import { oversize } from "../connection/message-size.ts";
import { Watchdog } from "../connection/watchdog.ts";
import { registrationTooLarge } from "../delivery/delivery-errors.ts";
import type { Backoff } from "../reconnecting/backoff.ts";
import { isFatal } from "../reconnecting/retry.ts";
import type { SessionSettings } from "../settings.ts";
import { Waiters } from "./waiters.ts";

export interface RegistrationOptions {
  readonly settings: SessionSettings;
  readonly clock: Clock;
  readonly backoff: Backoff;
  /** The R message as it is now. */
  message(): string;
  /** Whether the callers of register() wait for the first success instead of the first answer. */
  isPatient(): boolean;
  /** R is about to be sent: what is published from now on belongs behind it. */
  onPlanned(): void;
  onSent(): void;
  /** R cannot be sent: whatever waited for it goes on without. */
  onUnsent(): void;
  onRegistered(): void;
  /** @param retryInMs when R is sent again on this connection; `undefined` if it is not */
  onRefused(error: MsbError, retryInMs: number | undefined): void;
  /** A refusal that ends the wish to be registered, and that nobody waits for. */
  onError(error: MsbError): void;
}

/**
 * The wish to be registered, and what is done for it. Once it is there, only `end()` or a fatal refusal ends it: whatever else
 * goes wrong, R is sent again, on this connection or on the next one. One R at a time: what comes up meanwhile goes into
 * the next. Answers carry no id, so that this also makes clear what they answer.
 */
export class Registration {
  readonly #options: RegistrationOptions;
  readonly #watchdog: Watchdog;
  #isWanted = false;
  /** Where R can be sent: IO_CONNECTED has come. */
  #connection: Connection | undefined;
  #unanswered: Waiters | undefined;
  /** For the R after that. */
  #next = new Waiters();
  #isRegistered = false;
  #isChangePlanned = false;
  #retryTimer: unknown;

  constructor(options: RegistrationOptions) {
    this.#options = options;
    this.#watchdog = new Watchdog({
      clock: options.clock,
      limit: () => (this.#unanswered === undefined ? undefined : options.settings.ackTimeout),
      readingSince: () => this.#connection?.readingSince,
      onSilence: () => this.#onNoAnswer(),
    });
  }

  /** Whether somebody wishes to be registered. */
  get isWanted(): boolean {
    return this.#isWanted;
  }

  /** Whether R was sent on this connection, and not refused: the MSB knows the self-description, or is about to. */
  get isSent(): boolean {
    return this.#unanswered !== undefined || this.#isRegistered;
  }

  /** Whether R was sent and is not answered. */
  get isUnanswered(): boolean {
    return this.#unanswered !== undefined;
  }

  /** register() was called. @returns settles with the answer */
  request(): Promise<void> {
    this.#isWanted = true;
    return this.#wait("callers");
  }

  /** The self-description changed. @returns settles when the MSB knows it, at once if the next R brings it anyway */
  update(): Promise<void> {
    return this.isSent ? this.#wait("changes") : Promise.resolve();
  }

  /** The same for changes that come many at a time: one R for all of a turn, and before whatever is published after them. */
  changed(): void {
    if (!this.isSent || this.#isChangePlanned) {
      return;
    }
    this.#isChangePlanned = true;
    this.#options.onPlanned();
    queueMicrotask(() => {
      this.#isChangePlanned = false;
      this.update().catch((error: MsbError) => {
        if (error.code !== "DISCONNECTED") {
          this.#options.onError(error);
        }
      });
    });
  }

  /** IO_CONNECTED came. */
  connected(connection: Connection): void {
    this.#connection = connection;
    if (this.#isWanted) {
      this.#send();
    }
  }

  /** IO_REGISTERED came. @returns false if it answers nothing */
  onRegistered(): boolean {
    const answered = this.#unanswered;
    // An R that still waits for the socket cannot be what it answers.
    if (answered === undefined || this.#connection?.isSendingSoon === true) {
      return false;
    }
    this.#unanswered = undefined;
    this.#watchdog.stop();
    this.#isRegistered = true;
    // Before the events that it describes.
    if (this.#next.all.length > 0) {
      this.#send();
    }
    this.#options.onRegistered();
    for (const { resolve } of answered.all) {
      resolve();
    }
    return true;
  }

  /** A refusal came: of the R that is unanswered, or of itself, because the MSB has changed its mind. */
  onRefused(error: MsbError): void {
    const refused = this.#unanswered ?? new Waiters();
    this.#unanswered = undefined;
    this.#isRegistered = false;
    this.#watchdog.stop();
    // One that still waits for the socket is not needed any more.
    this.#connection?.withdraw();
    const { isPatient, backoff, onRefused } = this.#options;
    const pause = this.#isWanted && !isFatal(error) && backoff.next(error);
    if (pause === false) {
      this.#isWanted = false;
      const waiting = [...refused.all, ...this.#takeAll()];
      onRefused(error, undefined);
      return this.#reject(waiting, error);
    }
    // Who waits for the first success, and who only wants the change to be known, waits on.
    const { callers, changes } = refused;
    const waitsOn = isPatient();
    this.#next.adopt(new Waiters(waitsOn ? callers : [], changes));
    this.#sendIn(pause);
    onRefused(error, pause);
    if (!waitsOn) {
      for (const { reject } of callers) {
        reject(error);
      }
    }
  }

  /** Another connection will be made: its R answers everybody who waits. */
  connectionLost(): void {
    this.#stop();
    if (this.#unanswered !== undefined) {
      this.#next.adopt(this.#unanswered);
    }
    this.#unanswered = undefined;
  }

  /**
   * The connection was lost because of the R that is unanswered: it is not sent again, unless somebody has asked since.
   * @returns what tells those who waited for it; apart, because it may call back
   */
  blame(error: MsbError): () => void {
    const waiting = this.#unanswered?.all ?? [];
    this.#unanswered = undefined;
    this.#isWanted = this.#next.callers.length > 0;
    return () => this.#reject(waiting, error);
  }

  /** Ends the wish, because another R would end in the same way. */
  giveUp(error: MsbError): void {
    this.#isWanted = false;
    this.#options.clock.clearTimeout(this.#retryTimer);
    this.#reject(this.#takeAll(), error);
  }

  /** No connection will follow. */
  end(error: MsbError): void {
    this.#stop();
    this.#isWanted = false;
    for (const { reject } of this.#takeAll()) {
      reject(error);
    }
  }

  #wait(who: "callers" | "changes"): Promise<void> {
    const answered = this.#next.wait(who);
    if (this.#unanswered === undefined) {
      this.#send();
    }
    return answered;
  }

  #send(): void {
    const { clock, settings, message, onSent, onUnsent } = this.#options;
    const connection = this.#connection;
    if (connection === undefined) {
      return;
    }
    clock.clearTimeout(this.#retryTimer);
    const registration = message();
    const size = oversize(new PlainMessage(registration), connection.framing, settings.maxMessageSize);
    if (size !== undefined) {
      this.giveUp(registrationTooLarge(size, settings.maxMessageSize));
      return onUnsent();
    }
    this.#unanswered = this.#next;
    this.#next = new Waiters();
    this.#watchdog.sign();
    this.#watchdog.watch();
    connection.sendSoon(registration);
    // The socket may have failed at once.
    if (this.#connection === connection) {
      onSent();
    }
  }

  #sendIn(pause: number): void {
    const { clock } = this.#options;
    clock.clearTimeout(this.#retryTimer);
    this.#retryTimer = clock.setTimeout(() => this.#send(), pause);
  }

  #onNoAnswer(): void {
    const message = `The MSB did not answer the registration within ${this.#options.settings.ackTimeout} ms.`;
    this.#connection?.abort(new MsbConnectionError("TIMEOUT", message));
  }

  #takeAll(): readonly Deferred<void>[] {
    const waiting = [...(this.#unanswered?.all ?? []), ...this.#next.all];
    this.#unanswered = undefined;
    this.#next = new Waiters();
    return waiting;
  }

  #reject(waiting: readonly Deferred<void>[], error: MsbError): void {
    for (const { reject } of waiting) {
      reject(error);
    }
    if (waiting.length === 0) {
      this.#options.onError(error);
    }
  }

  #stop(): void {
    this.#connection = undefined;
    this.#isRegistered = false;
    this.#watchdog.stop();
    this.#options.clock.clearTimeout(this.#retryTimer);
  }
}

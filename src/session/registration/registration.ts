import { PlainMessage } from "../../core/codec/index.ts";
import type { Deferred } from "../../support/deferred.ts";
import { MsbConnectionError, type MsbError } from "../../support/errors.ts";
import type { Connection } from "../connection/connection.ts";
import { oversize } from "../connection/message-size.ts";
import { Watchdog } from "../connection/watchdog.ts";
import { registrationTooLarge } from "../delivery/delivery-errors.ts";
import type { SessionDependencies } from "../dependencies.ts";
import type { Backoff } from "../reconnecting/backoff.ts";
import { PlannedAttempt } from "../reconnecting/planned-attempt.ts";
import { isFatal } from "../reconnecting/retry.ts";
import { Waiters } from "./waiters.ts";

/** What a registration tells, and asks of, the session that it belongs to. */
export interface RegistrationOwner {
  /** Whether the callers of register() wait for the first success instead of the first answer. */
  readonly isPatient: boolean;
  /** R is about to be sent: what is published from now on belongs behind it. */
  onRegistrationPlanned(): void;
  onRegistrationSent(): void;
  /** R cannot be sent: whatever waited for it goes on without. */
  onRegistrationUnsent(): void;
  onRegistered(): void;
  /** @param retryInMs when R is sent again on this connection; `undefined` if it is not */
  onUnregistered(error: MsbError, retryInMs: number | undefined): void;
}

/**
 * The wish to be registered, and what is done for it. Once it is there, only `end()` or a fatal refusal ends it: whatever else
 * goes wrong, R is sent again, on this connection or on the next one. One R at a time: what comes up meanwhile goes into
 * the next. Answers carry no id, so that this also makes clear what they answer.
 */
export class Registration {
  readonly #session: SessionDependencies;
  readonly #backoff: Backoff;
  readonly #owner: RegistrationOwner;
  #isWanted = false;
  /** Where R can be sent: IO_CONNECTED has come. */
  #connection: Connection | undefined;
  #unanswered: Waiters | undefined;
  /** While R is not answered. */
  #watchdog: Watchdog | undefined;
  /** For the R after that. */
  #next: Waiters | undefined;
  #isRegistered = false;
  #isChangePlanned = false;
  /** After a refusal. */
  readonly #retry: PlannedAttempt;

  constructor(session: SessionDependencies, backoff: Backoff, owner: RegistrationOwner) {
    this.#session = session;
    this.#backoff = backoff;
    this.#owner = owner;
    this.#retry = new PlannedAttempt(session.clock, () => this.#send());
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

  /** start() was called. @returns settles with the answer to the R that is on its way, or to another one; at once if registered */
  join(): Promise<void> {
    if (this.#isRegistered) {
      return Promise.resolve();
    }
    this.#isWanted = true;
    return this.#unanswered?.wait("callers") ?? this.#wait("callers");
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
    this.#owner.onRegistrationPlanned();
    queueMicrotask(() => {
      this.#isChangePlanned = false;
      this.update().catch((error: MsbError) => {
        if (error.code !== "DISCONNECTED") {
          this.#session.onError(error);
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
    this.#stopWatching();
    this.#isRegistered = true;
    // Before the events that it describes.
    if (this.#next !== undefined && this.#next.all.length > 0) {
      this.#send();
    }
    this.#owner.onRegistered();
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
    this.#stopWatching();
    // One that still waits for the socket is not needed any more.
    this.#connection?.withdraw();
    const pause = this.#isWanted && !isFatal(error) && this.#backoff.next(error);
    if (pause === false) {
      this.#isWanted = false;
      const waiting = [...refused.all, ...this.#takeAll()];
      this.#owner.onUnregistered(error, undefined);
      return this.#reject(waiting, error);
    }
    // Who waits for the first success, and who only wants the change to be known, waits on.
    const { callers, changes } = refused;
    const waitsOn = this.#owner.isPatient;
    this.#adopt(new Waiters(waitsOn ? callers : [], changes));
    this.#retry.plan(pause);
    this.#owner.onUnregistered(error, pause);
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
      this.#adopt(this.#unanswered);
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
    this.#isWanted = this.#next !== undefined && this.#next.callers.length > 0;
    return () => this.#reject(waiting, error);
  }

  /** Ends the wish, because another R would end in the same way. */
  giveUp(error: MsbError): void {
    this.#isWanted = false;
    this.#retry.stop();
    this.#reject(this.#takeAll(), error);
  }

  /** Somebody does not want to wait until R is sent again. @returns false if that is not planned */
  retryNow(): boolean {
    return this.#retry.hurry();
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
    this.#next ??= new Waiters();
    const answered = this.#next.wait(who);
    if (this.#unanswered === undefined) {
      this.#send();
    }
    return answered;
  }

  #send(): void {
    const { settings } = this.#session;
    const connection = this.#connection;
    if (connection === undefined) {
      return;
    }
    this.#retry.stop();
    const registration = this.#session.registrationMessage();
    const size = oversize(new PlainMessage(registration), connection.framing, settings.maxMessageSize);
    if (size !== undefined) {
      this.giveUp(registrationTooLarge(size, settings.maxMessageSize));
      return this.#owner.onRegistrationUnsent();
    }
    this.#unanswered = this.#next ?? new Waiters();
    this.#next = undefined;
    this.#watchAnswer();
    connection.sendSoon(registration);
    // The socket may have failed at once.
    if (this.#connection === connection) {
      this.#owner.onRegistrationSent();
    }
  }

  #watchAnswer(): void {
    const { clock, settings } = this.#session;
    this.#watchdog ??= new Watchdog({
      clock,
      limit: () => (this.#unanswered === undefined ? undefined : settings.ackTimeout),
      readingSince: () => this.#connection?.readingSince,
      onSilence: () => this.#onNoAnswer(),
    });
    this.#watchdog.sign();
    this.#watchdog.watch();
  }

  #stopWatching(): void {
    this.#watchdog?.stop();
    this.#watchdog = undefined;
  }

  #adopt(waiters: Waiters): void {
    this.#next ??= new Waiters();
    this.#next.adopt(waiters);
  }

  #onNoAnswer(): void {
    const message = `The MSB did not answer the registration within ${this.#session.settings.ackTimeout} ms.`;
    this.#connection?.abort(new MsbConnectionError("TIMEOUT", message));
  }

  #takeAll(): readonly Deferred<void>[] {
    const waiting = [...(this.#unanswered?.all ?? []), ...(this.#next?.all ?? [])];
    this.#unanswered = undefined;
    this.#next = undefined;
    return waiting;
  }

  #reject(waiting: readonly Deferred<void>[], error: MsbError): void {
    for (const { reject } of waiting) {
      reject(error);
    }
    if (waiting.length === 0) {
      this.#session.onError(error);
    }
  }

  #stop(): void {
    this.#connection = undefined;
    this.#isRegistered = false;
    this.#stopWatching();
    this.#retry.stop();
  }
}

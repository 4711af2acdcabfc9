import type { IncomingMessage, RegistrationRefusal } from "../core/codec/index.ts";
import type { CachedEvent } from "../core/event-cache/index.ts";
import type { Clock } from "../support/clock.ts";
import { type Deferred, deferred } from "../support/deferred.ts";
import { MsbConnectionError, type MsbError } from "../support/errors.ts";
import type { LevelLogger } from "../support/logger.ts";
import type { Connection } from "./connection/connection.ts";
import { type ConnectionEnd, disconnected } from "./connection/connection-end.ts";
import type { ConnectionOwner } from "./connection/connection-options.ts";
import { newConnection } from "./connection/new-connection.ts";
import { MESSAGE_TOO_BIG } from "./delivery/blame.ts";
import { cannotSend, registrationTooLargeForServer } from "./delivery/delivery-errors.ts";
import { Outbox, type OutboxOwner } from "./delivery/outbox.ts";
import type { SessionDependencies } from "./dependencies.ts";
import { dispatch, type Receivers } from "./dispatch.ts";
import { Meter } from "./meter.ts";
import { Attempts } from "./reconnecting/attempts.ts";
import { Backoff } from "./reconnecting/backoff.ts";
import { Reconnector } from "./reconnecting/reconnector.ts";
import { connectionRefused, registrationRefused } from "./refusals.ts";
import { Registration, type RegistrationOwner } from "./registration/registration.ts";
import type { SessionState } from "./state.ts";
import type { ClientStats } from "./stats.ts";

/**
 * The state machine of a session: dials, registers, dials again after a loss, and ends. It decides what happens next, and tells
 * the outbox and the registration when they may send.
 */
export class Lifecycle implements ConnectionOwner, OutboxOwner, Receivers, RegistrationOwner {
  readonly outbox: Outbox;
  readonly registration: Registration;
  readonly #options: SessionDependencies;
  readonly #backoff: Backoff;
  readonly #attempts: Attempts;
  #state: SessionState = "disconnected";
  #lastFailure: MsbError | undefined;
  #base = "";
  #connection: Connection | undefined;
  /** Between a lost connection and the next one. */
  #reconnector: Reconnector | undefined;
  #connecting: Deferred<void> | undefined;
  #disconnecting: Deferred<void> | undefined;
  #reconnects = 0;
  /** From the first call of `stats()` on. */
  #meter: Meter | undefined;

  constructor(options: SessionDependencies) {
    this.#options = options;
    this.#backoff = new Backoff(options);
    this.#attempts = new Attempts(options, this.#backoff);
    this.outbox = new Outbox(options, this);
    this.registration = new Registration(options, this.#backoff, this);
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Why it is not registered: what went wrong last, since it was. */
  get lastFailure(): MsbError | undefined {
    return this.#lastFailure;
  }

  /** Where it is connected, or on the way to. */
  get url(): string | undefined {
    return this.#state === "disconnected" ? undefined : this.#base;
  }

  get connection(): Connection | undefined {
    return this.#connection;
  }

  /** Whether calls of connect() wait for the first IO_CONNECTED. A lost connection is made again for the one that had it, too. */
  get isFirstAwaited(): boolean {
    return this.#connecting !== undefined && !this.#attempts.wasConnected;
  }

  /** The end of the disconnect that is going on. */
  get disconnecting(): Promise<void> | undefined {
    return this.#disconnecting?.promise;
  }

  get clock(): Clock {
    return this.#options.clock;
  }

  get logger(): LevelLogger {
    return this.#options.logger;
  }

  get meter(): Meter | undefined {
    return this.#meter;
  }

  get isOverheard(): boolean {
    return this.#options.isOverheard;
  }

  get isPatient(): boolean {
    return this.#attempts.isPatient;
  }

  get takesCalls(): boolean {
    return this.#state !== "disconnecting";
  }

  /** Resolves on IO_CONNECTED. */
  connect(base: string, isPatient: boolean): Promise<void> {
    return this.#state === "disconnected"
      ? this.#startConnect(base, isPatient)
      : this.#joinConnect(base, isPatient);
  }

  /** @returns false if no attempt waits for its time */
  retryNow(): boolean {
    if (this.#reconnector !== undefined) {
      return this.#reconnector.hurry();
    }
    // A connection that is being given up, or closed, takes no R any more.
    return this.#connection !== undefined && this.#state === "connected" && this.registration.retryNow();
  }

  /** Resolves when the socket and the store are closed. */
  disconnect(): Promise<void> {
    if (this.#disconnecting !== undefined) {
      return this.#disconnecting.promise;
    }
    this.#disconnecting = deferred();
    const closed = this.#disconnecting.promise;
    this.#stopReconnecting();
    const connection = this.#connection;
    if (connection === undefined) {
      this.#finish(disconnected());
    } else {
      const tellUnsent = this.outbox.pause(disconnected());
      this.#setState("disconnecting");
      connection.close();
      tellUnsent();
    }
    return closed;
  }

  stats(): ClientStats {
    this.#meter ??= new Meter(this.clock);
    const { sentBytes, receivedBytes, lastRoundTrip, smoothedRoundTrip } = this.#meter;
    return {
      ...this.outbox.counts(),
      reconnects: this.#reconnects,
      bytes: { sent: sentBytes, received: receivedBytes },
      roundTrip: { last: lastRoundTrip, smoothed: smoothedRoundTrip },
    };
  }

  // What the connection tells.

  onText(direction: "in" | "out", text: string): void {
    this.#options.onText(direction, text);
  }

  onMessage(message: IncomingMessage): void {
    dispatch(message, this, this.#options);
  }

  onRoom(): void {
    this.outbox.onRoom();
  }

  // What the outbox asks and tells.

  cannotSend(event: CachedEvent): MsbError {
    return cannotSend(event, this.#state, this.#connection !== undefined);
  }

  onProgress(): void {
    this.#backoff.reset();
  }

  onConnected(): void {
    const connection = this.#connection;
    if (this.#state !== "connecting" || connection === undefined) {
      return;
    }
    const connecting = this.#connecting;
    this.#connecting = undefined;
    this.#reconnects += this.#attempts.onConnected() ? 1 : 0;
    this.#setState("connected");
    connecting?.resolve();
    // A listener may have disconnected.
    if (this.#connection === connection && this.state === "connected") {
      this.registration.connected(connection);
    }
  }

  onRegistrationPlanned(): void {
    this.outbox.holdBack();
  }

  onRegistrationUnsent(): void {
    this.outbox.release();
  }

  onRegistrationSent(): void {
    // It may be answered already.
    if (this.#state === "connected" && this.registration.isUnanswered) {
      this.#setState("registering");
    }
    this.outbox.release();
  }

  onRegistered(): void {
    const connection = this.#connection;
    // "connected": a socket answered R while it was handed over.
    if (connection === undefined || (this.#state !== "registering" && this.#state !== "connected")) {
      return;
    }
    // What waited goes first; whatever a listener publishes follows it.
    this.outbox.open(connection);
    // The socket may have failed at once.
    if (this.#connection === connection) {
      this.#setState("registered");
    }
  }

  onRegistrationRefused(reply: RegistrationRefusal): void {
    if (this.#state === "connecting") {
      return this.#connection?.abort(connectionRefused(reply));
    }
    if (this.#state !== "disconnecting") {
      this.registration.onRefused(registrationRefused(reply));
    }
  }

  onUnregistered(error: MsbError, retryInMs: number | undefined): void {
    const tellUnsent = this.outbox.pause(error);
    if (this.#state === "registering" || this.#state === "registered") {
      this.#setState("connected", { error, ...(retryInMs === undefined ? {} : { retryInMs }) });
    }
    tellUnsent();
  }

  onEnd(end: ConnectionEnd): void {
    const isTooLarge = this.#connection?.isSendingSoon === false && this.#isRegistrationTooLarge(end);
    this.#connection = undefined;
    this.#stopReconnecting();
    if (this.#state === "disconnecting") {
      return this.#finish(disconnected());
    }
    if (!this.#attempts.mayFollow(end.error)) {
      return this.#giveUp(end.error);
    }
    // Torn down first, then the state, and last whatever may call back.
    if (this.#state !== "connecting") {
      this.#attempts.onLost();
    }
    const loss = this.outbox.connectionLost(end);
    const retryInMs = this.#backoff.next(end.error, loss.repeats);
    const tellRegistration = isTooLarge
      ? this.registration.blame(registrationTooLargeForServer(end.error))
      : undefined;
    this.registration.connectionLost();
    if (retryInMs === false) {
      this.#giveUp(end.error);
    } else {
      this.#planReconnect(retryInMs);
      this.#setState("reconnecting", { error: end.error, retryInMs });
    }
    tellRegistration?.();
    loss.tell();
  }

  #startConnect(base: string, isPatient: boolean): Promise<void> {
    this.#base = base;
    this.#attempts.start(isPatient);
    const connecting = deferred();
    this.#connecting = connecting;
    this.#setState("connecting");
    // disconnect() may be called meanwhile, and connect() again.
    const isCurrent = (): boolean => this.#connecting === connecting && this.#connection === undefined;
    // A listener may have done so already: then the store is not opened, because nobody would close it.
    if (!isCurrent()) {
      return connecting.promise;
    }
    this.outbox.load().then(
      () => {
        if (isCurrent()) {
          this.#dial();
        }
      },
      (error: MsbError) => {
        if (!isCurrent()) {
          return;
        }
        if (!this.#attempts.isPatient) {
          return this.#finish(error);
        }
        // Without its store a patient client works from memory.
        this.outbox.reportStore(error);
        this.#dial();
      },
    );
    return connecting.promise;
  }

  #joinConnect(base: string, isPatient: boolean): Promise<void> {
    if (base !== this.#base) {
      const message = `The client is connected to ${this.#base} already, or on the way there.`;
      throw new MsbConnectionError("CONNECT_FAILED", message, { remedy: "Call disconnect() first." });
    }
    this.#attempts.join(isPatient);
    if (this.#state === "connecting" || this.#state === "reconnecting") {
      this.#connecting ??= deferred();
      return this.#connecting.promise;
    }
    return Promise.resolve();
  }

  #dial(): void {
    this.#stopReconnecting();
    const connection = newConnection(this.#base, this.#options, this);
    this.#connection = connection;
    this.#setState("connecting");
    // A listener may have called disconnect().
    if (this.#connection === connection && this.state === "connecting") {
      connection.open();
    }
  }

  /** @param pause in milliseconds */
  #planReconnect(pause: number): void {
    const { clock, networkHints } = this.#options;
    this.#reconnector = new Reconnector({ clock, networkHints, dial: () => this.#dial() });
    this.#reconnector.plan(pause);
  }

  #stopReconnecting(): void {
    this.#reconnector?.stop();
    this.#reconnector = undefined;
  }

  /** Ends the session, because no other attempt follows. */
  #giveUp(error: MsbError): void {
    const isAwaited = this.#connecting !== undefined;
    this.#finish(error);
    if (!isAwaited) {
      this.#options.onError(error);
    }
  }

  /** Nothing else was on its way when the server said that something is too large. */
  #isRegistrationTooLarge({ serverClose }: ConnectionEnd): boolean {
    return (
      serverClose?.code === MESSAGE_TOO_BIG && this.registration.isUnanswered && this.outbox.inFlight === 0
    );
  }

  #finish(error: MsbError): void {
    const connecting = this.#connecting;
    // Whoever connects again waits for the store to be released.
    this.#disconnecting ??= deferred();
    const disconnecting = this.#disconnecting;
    this.#connecting = undefined;
    this.#attempts.end();
    this.#stopReconnecting();
    const rejectAll = this.outbox.close(error);
    // What a listener publishes from now on is not stored before the store is opened again: there it would be twice.
    const released = this.outbox.releaseStore();
    this.#setState("disconnected", error.code === "DISCONNECTED" ? {} : { error });
    // disconnect() has a promise of its own; after a failure the store is free when connect() says so.
    if (error.code === "DISCONNECTED") {
      connecting?.reject(error);
    }
    this.registration.end(error);
    rejectAll();
    void released.then(() => {
      this.#disconnecting = undefined;
      disconnecting.resolve();
      connecting?.reject(error);
    });
  }

  #setState(state: SessionState, detail: { error?: MsbError; retryInMs?: number } = {}): void {
    const previous = this.#state;
    if (state === previous) {
      return;
    }
    this.#state = state;
    // A refused registration goes back to "connected", with its error.
    const isOver = state === "registered" || state === "disconnected" || state === "connected";
    this.#lastFailure = detail.error ?? (isOver ? undefined : this.#lastFailure);
    this.#options.onStateChange({ state, previous, ...detail });
  }
}

import {
  type IncomingMessage,
  type RegistrationRefusal,
  rawFraming,
  sockJsFraming,
} from "../core/codec/index.ts";
import type { CachedEvent } from "../core/event-cache/index.ts";
import { abortable, throwIfAborted } from "../support/abort.ts";
import { clip } from "../support/clip.ts";
import { type Deferred, deferred } from "../support/deferred.ts";
import { elapsed } from "../support/elapsed.ts";
import { MsbConnectionError, MsbError } from "../support/errors.ts";
import { Connection } from "./connection/connection.ts";
import { type ConnectionEnd, disconnected } from "./connection/connection-end.ts";
import { parseMsbUrl, socketUrl } from "./connection/endpoint.ts";
import { socketOptions } from "./connection/socket-options.ts";
import { MESSAGE_TOO_BIG } from "./delivery/blame.ts";
import { registrationTooLargeForServer } from "./delivery/delivery-errors.ts";
import { Outbox } from "./delivery/outbox.ts";
import type { ConnectOptions, DisconnectOptions, RegisterOptions, SessionOptions } from "./options.ts";
import { Backoff } from "./reconnecting/backoff.ts";
import { Reconnector } from "./reconnecting/reconnector.ts";
import { isFatal } from "./reconnecting/retry.ts";
import { connectionRefused, registrationRefused } from "./refusals.ts";
import { Registration } from "./registration.ts";
import type { SessionState } from "./state.ts";

/** The state machine: connect, register, send, reconnect, disconnect. */
export class Session {
  readonly outbox: Outbox;
  readonly #options: SessionOptions;
  readonly #reconnector: Reconnector;
  readonly #backoff: Backoff;
  readonly #registration: Registration;
  #state: SessionState = "disconnected";
  #base = "";
  /** `waitForServer`: whatever can be tried again is, until it succeeds. */
  #isPatient = false;
  /** IO_CONNECTED came since connect(): from now on a lost connection is made again. */
  #wasConnected = false;
  #connectedAt = 0;
  #connection: Connection | undefined;
  #connecting: Deferred<void> | undefined;
  #disconnecting: Deferred<void> | undefined;
  /** Callers that wait for the connection. */
  #connectCalls = 0;
  /** Callers of connect() that wait for a disconnect to end first. */
  #connectsAfterDisconnect = 0;
  /** Calls of disconnect(): a later one ends what waits for an earlier one. */
  #disconnectCalls = 0;
  #isUpdatePlanned = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#backoff = new Backoff(options);
    this.outbox = new Outbox({
      ...options,
      cannotSend: (event) => this.#cannotSend(event),
      onProgress: () => this.#backoff.reset(),
    });
    this.#reconnector = new Reconnector({ ...options, dial: () => this.#dial() });
    this.#registration = new Registration({
      ...options,
      backoff: this.#backoff,
      message: () => options.registrationMessage(),
      isPatient: () => this.#isPatient,
      onSent: () => this.#onRegistrationSent(),
      onUnsent: () => this.outbox.release(),
      onRegistered: () => this.#onRegistered(),
      onRefused: (error, retryInMs) => this.#onUnregistered(error, retryInMs),
    });
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Where it is connected, or on the way to. */
  get url(): string | undefined {
    return this.#state === "disconnected" ? undefined : this.#base;
  }

  /** Resolves on IO_CONNECTED. While a connection is made or there is one, a second call joins the first. */
  async connect(url: string, options: ConnectOptions = {}): Promise<void> {
    const base = parseMsbUrl(url);
    throwIfAborted(options.signal, "connect()");
    if (this.#disconnecting !== undefined) {
      this.#connectsAfterDisconnect += 1;
      const calls = this.#disconnectCalls;
      await this.#disconnecting.promise;
      this.#connectsAfterDisconnect -= 1;
      throwIfAborted(options.signal, "connect()");
      if (this.#disconnectCalls !== calls) {
        throw disconnected();
      }
    }
    const connected =
      this.#state === "disconnected" ? this.#startConnect(base, options) : this.#joinConnect(base, options);
    this.#connectCalls += 1;
    try {
      await abortable(connected, options.signal, "connect()");
    } finally {
      this.#connectCalls -= 1;
      const unwanted = options.signal?.aborted === true && this.#connectCalls === 0;
      if (unwanted && this.#connecting !== undefined) {
        void this.disconnect();
      }
    }
  }

  /** Resolves on IO_REGISTERED. While a connection is made it waits for that; when registered it sends R again. */
  async register(options: RegisterOptions = {}): Promise<void> {
    throwIfAborted(options.signal, "register()");
    // connect() was called already, and dials as soon as the disconnect has ended.
    const calls = this.#disconnectCalls;
    if (this.#connectsAfterDisconnect > 0) {
      await this.#disconnecting?.promise;
    }
    if (this.#disconnectCalls !== calls) {
      throw disconnected();
    }
    if (this.#state === "disconnected" || this.#state === "disconnecting") {
      throw new MsbConnectionError("NOT_CONNECTED", "Cannot register: the client is not connected.", {
        remedy: "Call connect(url) first.",
      });
    }
    return abortable(this.#registration.request(), options.signal, "register()");
  }

  /**
   * The self-description changed.
   * @returns settles when the MSB knows it; at once if the next registration brings it anyway
   */
  updateRegistration(): Promise<void> {
    return this.#registration.update();
  }

  /** The same for changes that come many at a time: one R for all of a turn, and before whatever is published after them. */
  selfDescriptionChanged(): void {
    if (!this.#registration.isSent || this.#isUpdatePlanned) {
      return;
    }
    this.#isUpdatePlanned = true;
    this.outbox.holdBack();
    queueMicrotask(() => {
      this.#isUpdatePlanned = false;
      this.#registration.update().catch((error: MsbError) => {
        if (error.code !== "DISCONNECTED") {
          this.#options.onError(error);
        }
      });
    });
  }

  /** Resolves when the socket and the store are closed and no timer is left. Everything that waits is rejected. */
  async disconnect(options: DisconnectOptions = {}): Promise<void> {
    this.#disconnectCalls += 1;
    const isGoingOn = this.#state !== "disconnected" && this.#disconnecting === undefined;
    // Without the wish to be registered nothing would be sent any more.
    if (options.drain === true && isGoingOn && this.#registration.isWanted) {
      await this.#drain(options.timeout ?? 10_000);
    }
    if (this.#disconnecting !== undefined) {
      return this.#disconnecting.promise;
    }
    this.#disconnecting = deferred();
    const closed = this.#disconnecting.promise;
    this.#reconnector.stop();
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

  /** Messages (events, registrations) that were sent and are not answered. */
  get inFlight(): number {
    return this.outbox.inFlight + (this.#registration.isUnanswered ? 1 : 0);
  }

  /** Reads nothing more until `resumeReading()`. @returns false if the platform cannot do that, or nothing is open */
  pauseReading(): boolean {
    return this.#connection?.pause() ?? false;
  }

  resumeReading(): void {
    this.#connection?.resume();
  }

  async #drain(timeout: number): Promise<void> {
    const { clock } = this.#options;
    let timer: unknown;
    const expired = new Promise<void>((resolve) => {
      timer = clock.setTimeout(resolve, timeout);
    });
    await Promise.race([this.outbox.flush(), expired]);
    clock.clearTimeout(timer);
  }

  #startConnect(base: string, options: ConnectOptions): Promise<void> {
    this.#base = base;
    this.#isPatient = options.waitForServer ?? false;
    this.#wasConnected = false;
    this.#backoff.reset();
    const connecting = deferred();
    this.#connecting = connecting;
    this.#setState("connecting");
    // disconnect() may be called meanwhile, and connect() again.
    const isCurrent = (): boolean => this.#connecting === connecting && this.#connection === undefined;
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
        if (!this.#isPatient) {
          return this.#finish(error);
        }
        // Without its store a patient client works from memory.
        this.outbox.reportStore(error);
        this.#dial();
      },
    );
    return connecting.promise;
  }

  #joinConnect(base: string, options: ConnectOptions): Promise<void> {
    if (base !== this.#base) {
      const message = `The client is connected to ${this.#base} already, or on the way there.`;
      throw new MsbConnectionError("CONNECT_FAILED", message, { remedy: "Call disconnect() first." });
    }
    this.#isPatient ||= options.waitForServer ?? false;
    if (this.#state === "connecting" || this.#state === "reconnecting") {
      this.#connecting ??= deferred();
      return this.#connecting.promise;
    }
    return Promise.resolve();
  }

  #dial(): void {
    const { settings, clock, openSocket, logger } = this.#options;
    const framing = settings.sockJsFraming ? sockJsFraming : rawFraming;
    const connection = new Connection({
      url: socketUrl(this.#base, framing),
      framing,
      openSocket,
      socketOptions: socketOptions(settings),
      clock,
      logger,
      connectTimeout: settings.connectTimeout,
      // With raw framing the server has no heartbeats that could be missed.
      pingInterval: (settings.keepAlive ?? framing.name === "raw") ? settings.keepAliveInterval : undefined,
      closeTimeout: settings.closeTimeout,
      onMessage: (message) => this.#onMessage(message, connection),
      onRoom: () => this.outbox.onRoom(),
      onEnd: (end) => this.#onConnectionEnd(end, connection),
    });
    this.#connection = connection;
    this.#setState("connecting");
    // A listener may have called disconnect().
    if (this.#connection === connection && this.state === "connecting") {
      connection.open();
    }
  }

  #onMessage(message: IncomingMessage, connection: Connection): void {
    switch (message.type) {
      case "connected":
        return this.#onConnected(connection);
      case "registered":
        if (!this.#registration.onRegistered()) {
          this.#options.logger.debug("an IO_REGISTERED came for no registration");
        }
        return;
      case "registrationRefused":
        return this.#onRegistrationRefused(message.reply, connection);
      case "published":
        return this.outbox.onPublished();
      case "eventRefused":
        return this.outbox.onRefused(message.reply);
      case "call":
        if (this.#state !== "disconnecting") {
          this.#options.onCall(message.call);
        }
        return;
      case "configuration":
        if (this.#state !== "disconnecting") {
          this.#options.onConfiguration(message.configuration);
        }
        return;
      case "malformed":
        return this.#options.onError(
          new MsbError("BAD_MESSAGE", `A message that cannot be read was ignored: ${message.reason}.`),
        );
      case "unknown":
        return this.#options.logger.debug(`an unknown message was ignored: ${clip(message.text)}`);
      case "ping":
        return;
    }
  }

  #onConnected(connection: Connection): void {
    if (this.#state !== "connecting") {
      return;
    }
    const connecting = this.#connecting;
    this.#connecting = undefined;
    this.#wasConnected = true;
    this.#connectedAt = elapsed(this.#options.clock);
    this.#setState("connected");
    connecting?.resolve();
    // A listener may have disconnected.
    if (this.#connection === connection && this.state === "connected") {
      this.#registration.connected(connection);
    }
  }

  #onRegistrationSent(): void {
    if (this.#state === "connected") {
      this.#setState("registering");
    }
    this.outbox.release();
  }

  #onRegistered(): void {
    const connection = this.#connection;
    if (connection === undefined || this.#state !== "registering") {
      return;
    }
    // What waited goes first; whatever a listener publishes follows it.
    this.outbox.open(connection);
    // The socket may have failed at once.
    if (this.#connection === connection) {
      this.#setState("registered");
    }
  }

  #onRegistrationRefused(reply: RegistrationRefusal, connection: Connection): void {
    if (this.#state === "connecting") {
      return connection.abort(connectionRefused(reply));
    }
    if (this.#state !== "disconnecting") {
      this.#registration.onRefused(registrationRefused(reply));
    }
  }

  #onUnregistered(error: MsbError, retryInMs: number | undefined): void {
    const tellUnsent = this.outbox.pause(error);
    if (this.#state === "registering" || this.#state === "registered") {
      this.#setState("connected", { error, ...(retryInMs === undefined ? {} : { retryInMs }) });
    }
    tellUnsent();
  }

  #onConnectionEnd(end: ConnectionEnd, { isSendingSoon }: Connection): void {
    this.#connection = undefined;
    this.#reconnector.stop();
    if (this.#state === "disconnecting") {
      return this.#finish(disconnected());
    }
    if (!this.#mayReconnect(end.error)) {
      return this.#giveUp(end.error);
    }
    const isTooLarge = !isSendingSoon && this.#isRegistrationTooLarge(end);
    // Torn down first, then the state, and last whatever may call back.
    if (this.#state !== "connecting" && this.#livedLong()) {
      this.#backoff.reset();
    }
    const loss = this.outbox.connectionLost(end);
    const retryInMs = this.#backoff.next(end.error, loss.repeats);
    const tellRegistration = isTooLarge
      ? this.#registration.blame(registrationTooLargeForServer(end.error))
      : undefined;
    this.#registration.connectionLost();
    if (retryInMs === false) {
      this.#giveUp(end.error);
    } else {
      this.#reconnector.plan(retryInMs);
      this.#setState("reconnecting", { error: end.error, retryInMs });
    }
    tellRegistration?.();
    loss.tell();
  }

  /** Ends the session, because no other attempt follows. */
  #giveUp(error: MsbError): void {
    const isAwaited = this.#connecting !== undefined;
    this.#finish(error);
    if (!isAwaited) {
      this.#options.onError(error);
    }
  }

  #mayReconnect(error: MsbError): boolean {
    if (isFatal(error) || !this.#options.settings.autoReconnect) {
      return false;
    }
    return this.#wasConnected || this.#isPatient;
  }

  /** Nothing else was on its way when the server said that something is too large. */
  #isRegistrationTooLarge({ serverClose }: ConnectionEnd): boolean {
    return (
      serverClose?.code === MESSAGE_TOO_BIG && this.#registration.isUnanswered && this.outbox.inFlight === 0
    );
  }

  #livedLong(): boolean {
    return elapsed(this.#options.clock) - this.#connectedAt > this.#backoff.lastPause;
  }

  #finish(error: MsbError): void {
    const connecting = this.#connecting;
    // Whoever connects again waits for the store to be released.
    this.#disconnecting ??= deferred();
    const disconnecting = this.#disconnecting;
    this.#connecting = undefined;
    this.#isPatient = false;
    this.#reconnector.stop();
    const rejectAll = this.outbox.close(error);
    // What a listener publishes from now on is not stored before the store is opened again: there it would be twice.
    const released = this.outbox.releaseStore();
    this.#setState("disconnected", error.code === "DISCONNECTED" ? {} : { error });
    // disconnect() has a promise of its own; after a failure the store is free when connect() says so.
    if (error.code === "DISCONNECTED") {
      connecting?.reject(error);
    }
    this.#registration.end(error);
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
    this.#options.onStateChange({ state, previous, ...detail });
  }

  #cannotSend(event: CachedEvent): MsbError {
    const what = `Event ${JSON.stringify(event.eventId)} cannot be sent`;
    const remedy = "Wait for register(), or publish with cached: true.";
    return this.#connection === undefined
      ? new MsbError("NOT_CONNECTED", `${what}: the client is not connected (${this.#state}).`, { remedy })
      : new MsbError("NOT_REGISTERED", `${what}: the client is not registered (${this.#state}).`, { remedy });
  }
}

import { type IncomingMessage, type RegistrationRefusal, rawFraming, sockJsFraming } from "../codec/index.ts";
import { MsbConnectionError, MsbError } from "../errors.ts";
import type { CachedEvent } from "../event-cache/index.ts";
import { abortable, throwIfAborted } from "./abort.ts";
import { Connection } from "./connection.ts";
import { type Deferred, deferred } from "./deferred.ts";
import { parseMsbUrl, socketUrl } from "./endpoint.ts";
import type { ConnectOptions, DisconnectOptions, RegisterOptions, SessionOptions } from "./options.ts";
import { Outbox } from "./outbox.ts";
import { Reconnector } from "./reconnector.ts";
import { connectionRefused, registrationRefused } from "./refusals.ts";
import { Registration, type RegistrationReason } from "./registration.ts";
import { isFatal } from "./retry.ts";
import { socketOptions } from "./socket-options.ts";
import type { SessionState } from "./state.ts";

/** The state machine: connect, register, send, reconnect, disconnect. */
export class Session {
  readonly #options: SessionOptions;
  readonly #outbox: Outbox;
  readonly #reconnector: Reconnector;
  readonly #registration = new Registration();
  #state: SessionState = "disconnected";
  #base = "";
  /** Whether a failure of this attempt is the failure of `connect()`. */
  #failFast = false;
  #connection: Connection | undefined;
  #connecting: Deferred<void> | undefined;
  #disconnecting: Deferred<void> | undefined;
  /** Callers that wait for the connection. */
  #connectCalls = 0;
  /** Callers of connect() that wait for a disconnect to end first. */
  #connectsAfterDisconnect = 0;
  #registerTimer: unknown;
  #changed: Promise<void> | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#outbox = new Outbox(options);
    this.#reconnector = new Reconnector({ ...options, dial: () => this.#dial() });
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Resolves on IO_CONNECTED. While a connection is made or there is one, a second call joins the first. */
  async connect(url: string, options: ConnectOptions = {}): Promise<void> {
    const base = parseMsbUrl(url);
    throwIfAborted(options.signal, "connect()");
    if (this.#disconnecting !== undefined) {
      this.#connectsAfterDisconnect += 1;
      await this.#disconnecting.promise;
      this.#connectsAfterDisconnect -= 1;
      throwIfAborted(options.signal, "connect()");
    }
    const connected =
      this.#state === "disconnected" ? this.#startConnect(base, options) : this.#joinConnect(base);
    this.#connectCalls += 1;
    try {
      await abortable(connected, options.signal, "connect()");
    } finally {
      this.#connectCalls -= 1;
      const unwanted = options.signal?.aborted === true && this.#connectCalls === 0;
      if (unwanted && this.#connecting !== undefined) void this.disconnect();
    }
  }

  /** Resolves on IO_REGISTERED. While a connection is made it waits for that; when registered it sends R again. */
  async register(options: RegisterOptions = {}): Promise<void> {
    throwIfAborted(options.signal, "register()");
    // connect() was called already, and dials as soon as the disconnect has ended.
    if (this.#connectsAfterDisconnect > 0) await this.#disconnecting?.promise;
    if (this.#state === "disconnected" || this.#state === "disconnecting") {
      throw new MsbConnectionError("NOT_CONNECTED", "Cannot register: the client is not connected.", {
        remedy: "Call connect(url) first.",
      });
    }
    this.#registration.wanted = true;
    const registered =
      this.#connection !== undefined && this.#state !== "connecting"
        ? this.#sendRegistration(this.#connection, "requested")
        : this.#registration.whenConnected();
    return abortable(registered, options.signal, "register()");
  }

  /** The self-description changed: sends R again where one was sent; the next connection brings it otherwise. */
  async updateRegistration(): Promise<void> {
    if (this.#isRegistrationSent && this.#connection !== undefined)
      await this.#sendRegistration(this.#connection, "update");
  }

  /** Events, functions, parameters or services were added: one update for all that are added in one go. */
  selfDescriptionChanged(): void {
    if (this.#changed !== undefined || !this.#isRegistrationSent) return;
    this.#changed = Promise.resolve().then(() => {
      this.#changed = undefined;
      return this.updateRegistration();
    });
    this.#changed.catch((error: MsbError) => this.#options.onError(error));
  }

  /** Reads nothing more from the connection; false if the platform cannot, or there is none. */
  pauseReading(): boolean {
    return this.#connection?.pauseReading() ?? false;
  }

  resumeReading(): void {
    this.#connection?.resumeReading();
  }

  /** Events that were sent and are not answered. */
  get inFlight(): number {
    return this.#outbox.inFlight;
  }

  /** Sends an event, or lets it wait; settles it in any case. */
  publish(event: CachedEvent): void {
    this.#outbox.publish(event, () => this.#cannotSend(event));
  }

  /** Resolves when everything published so far is settled, one way or the other. */
  flush(): Promise<void> {
    return this.#outbox.flush();
  }

  /** Applies a smaller event cache to what waits already. */
  trimCache(): void {
    this.#outbox.trim();
  }

  /** Resolves when the socket and the store are closed and no timer is left. Everything that waits is rejected. */
  async disconnect(options: DisconnectOptions = {}): Promise<void> {
    if (options.drain === true && this.#state !== "disconnected" && this.#disconnecting === undefined) {
      await this.#drain(options.timeout ?? 10_000);
    }
    if (this.#disconnecting !== undefined) return this.#disconnecting.promise;
    this.#disconnecting = deferred();
    const closed = this.#disconnecting.promise;
    this.#stopTimers();
    this.#outbox.pause();
    const connection = this.#connection;
    if (connection === undefined) {
      this.#finish(disconnected());
    } else {
      this.#setState("disconnecting");
      connection.close();
    }
    return closed;
  }

  async #drain(timeout: number): Promise<void> {
    const { clock } = this.#options;
    let timer: unknown;
    const expired = new Promise<void>((resolve) => {
      timer = clock.setTimeout(resolve, timeout);
    });
    await Promise.race([this.#outbox.flush(), expired]);
    clock.clearTimeout(timer);
  }

  #startConnect(base: string, options: ConnectOptions): Promise<void> {
    this.#base = base;
    this.#failFast = !(options.waitForServer ?? false);
    this.#reconnector.succeeded();
    const connecting = deferred();
    this.#connecting = connecting;
    this.#setState("connecting");
    this.#outbox.load().then(
      () => {
        // disconnect() may have been called meanwhile, and connect() again.
        if (this.#connecting === connecting && this.#connection === undefined) this.#dial();
      },
      (error: MsbError) => {
        if (this.#connecting === connecting) this.#finish(error);
      },
    );
    return connecting.promise;
  }

  #joinConnect(base: string): Promise<void> {
    if (base !== this.#base) {
      const message = `The client is connected to ${this.#base} already, or on the way there.`;
      throw new MsbConnectionError("CONNECT_FAILED", message, { remedy: "Call disconnect() first." });
    }
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
      pingInterval: settings.keepAlive ? settings.keepAliveInterval : undefined,
      closeTimeout: settings.closeTimeout,
      onMessage: (message) => this.#onMessage(message, connection),
      onEnd: (error) => this.#onConnectionEnd(error),
    });
    this.#connection = connection;
    this.#setState("connecting");
    // A listener may have called disconnect().
    if (this.#connection === connection && this.state === "connecting") connection.open();
  }

  #onMessage(message: IncomingMessage, connection: Connection): void {
    switch (message.type) {
      case "connected":
        return this.#onConnected(connection);
      case "registered":
        return this.#onRegistered(connection);
      case "registrationRefused":
        return this.#onRegistrationRefused(message.reply, connection);
      case "published":
        return this.#outbox.onPublished();
      case "eventRefused":
        return this.#outbox.onRefused(message.reply);
      case "call":
        if (this.#state !== "disconnecting") this.#options.onCall(message.call);
        return;
      case "configuration":
        if (this.#state !== "disconnecting") this.#options.onConfiguration(message.configuration);
        return;
      case "malformed":
        return this.#options.onError(
          new MsbError("BAD_MESSAGE", `A message that cannot be read was ignored: ${message.reason}.`),
        );
      case "unknown":
        return this.#options.logger.debug(`an unknown message was ignored: ${message.text.slice(0, 200)}`);
      case "ping":
        return;
    }
  }

  #onConnected(connection: Connection): void {
    if (this.#state !== "connecting") return;
    const connecting = this.#connecting;
    this.#connecting = undefined;
    this.#failFast = false;
    // With a registration to follow, only that is the success.
    if (!this.#registration.wanted) this.#reconnector.succeeded();
    this.#setState("connected");
    connecting?.resolve();
    // A listener may have registered already, or disconnected.
    if (this.state === "connected" && this.#registration.wanted)
      this.#sendRegistration(connection, "automatic");
  }

  #sendRegistration(connection: Connection, reason: RegistrationReason): Promise<void> {
    const { clock, settings } = this.#options;
    const reply = this.#registration.sent(reason);
    connection.send(this.#options.registrationMessage());
    clock.clearTimeout(this.#registerTimer);
    this.#registerTimer = clock.setTimeout(() => {
      const message = `The MSB did not answer the registration within ${settings.ackTimeout} ms.`;
      connection.abort(new MsbConnectionError("TIMEOUT", message));
    }, settings.ackTimeout);
    if (this.#state === "connected") this.#setState("registering");
    return reply;
  }

  #onRegistered(connection: Connection): void {
    const reply = this.#registration.answered();
    if (reply === undefined) return this.#options.logger.debug("an IO_REGISTERED came for no registration");
    if (this.#registration.pending === 0) this.#options.clock.clearTimeout(this.#registerTimer);
    this.#reconnector.succeeded();
    if (this.#state === "registering") {
      // What waited goes first; whatever a listener publishes follows it.
      this.#outbox.open(connection);
      this.#setState("registered");
    }
    reply.resolve();
  }

  #onRegistrationRefused(reply: RegistrationRefusal, connection: Connection): void {
    if (this.#state === "connecting") return connection.abort(connectionRefused(reply));
    const error = registrationRefused(reply);
    const answered = this.#registration.answered();
    if (this.#registration.pending === 0) this.#options.clock.clearTimeout(this.#registerTimer);
    // After a reconnect the MSB may only need time to notice the old connection's end.
    if (answered !== undefined && answered.reason !== "requested" && !isFatal(error)) {
      this.#registration.retry(answered);
      return connection.abort(error);
    }

    this.#registration.wanted = false;
    this.#outbox.pause();
    if (this.#state === "registering" || this.#state === "registered") this.#setState("connected", { error });
    answered?.reject(error);
    if (answered === undefined || answered.reason === "automatic") this.#options.onError(error);
  }

  #onConnectionEnd(error: MsbError): void {
    this.#connection = undefined;
    this.#stopTimers();
    if (this.#state === "disconnecting") return this.#finish(disconnected());
    const retryInMs = this.#failFast ? false : this.#reconnector.plan(error);
    if (retryInMs === false) return this.#finish(error);
    // Torn down first, then the state, and last whatever may call back.
    const rejectUndecided = this.#outbox.connectionLost(error);
    this.#registration.connectionLost();
    this.#setState("reconnecting", { error, retryInMs });
    rejectUndecided();
  }

  #finish(error: MsbError): void {
    this.#stopTimers();
    const connecting = this.#connecting;
    // Whoever connects again waits for the store to be released.
    this.#disconnecting ??= deferred();
    const disconnecting = this.#disconnecting;
    this.#connecting = undefined;
    this.#failFast = false;
    this.#registration.close(error);
    const rejectAll = this.#outbox.close(error);
    this.#setState("disconnected", error.code === "DISCONNECTED" ? {} : { error });
    connecting?.reject(error);
    rejectAll();
    void this.#outbox.releaseStore().then(() => {
      this.#disconnecting = undefined;
      disconnecting.resolve();
    });
  }

  #stopTimers(): void {
    this.#options.clock.clearTimeout(this.#registerTimer);
    this.#reconnector.stop();
  }

  #setState(state: SessionState, detail: { error?: MsbError; retryInMs?: number } = {}): void {
    const previous = this.#state;
    if (state === previous) return;
    this.#state = state;
    this.#options.onStateChange({ state, previous, ...detail });
  }

  get #isRegistrationSent(): boolean {
    return this.#state === "registering" || this.#state === "registered";
  }

  #cannotSend(event: CachedEvent): MsbError {
    const what = `Event ${JSON.stringify(event.eventId)} cannot be sent`;
    const remedy = "Wait for register(), or publish with cached: true.";
    return this.#connection === undefined
      ? new MsbError("NOT_CONNECTED", `${what}: the client is not connected (${this.#state}).`, { remedy })
      : new MsbError("NOT_REGISTERED", `${what}: the client is not registered (${this.#state}).`, { remedy });
  }
}

function disconnected(): MsbError {
  return new MsbConnectionError("DISCONNECTED", "The client was disconnected.");
}

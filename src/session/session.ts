import { abortable, throwIfAborted } from "../support/abort.ts";
import { MsbConnectionError } from "../support/errors.ts";
import { ignore } from "../support/ignore.ts";
import { disconnected } from "./connection/connection-end.ts";
import { parseMsbUrl } from "./connection/endpoint.ts";
import type { Outbox } from "./delivery/outbox.ts";
import type { SessionDependencies } from "./dependencies.ts";
import { Lifecycle } from "./lifecycle.ts";
import type { ConnectOptions, DisconnectOptions, RegisterOptions, StartOptions } from "./options.ts";
import type { Registration } from "./registration/registration.ts";
import type { SessionState } from "./state.ts";
import type { ClientStats } from "./stats.ts";

/** What a program asks of its session; several calls at a time join or wait for each other. */
export class Session {
  readonly #owner: SessionDependencies;
  readonly #lifecycle: Lifecycle;
  /** Callers that wait for the connection. */
  #connectCalls = 0;
  /** Callers of connect() that wait for a disconnect to end first. */
  #connectsAfterDisconnect = 0;
  /** Calls of disconnect(): a later one ends what waits for an earlier one. */
  #disconnectCalls = 0;

  constructor(owner: SessionDependencies) {
    this.#owner = owner;
    this.#lifecycle = new Lifecycle(owner);
  }

  get state(): SessionState {
    return this.#lifecycle.state;
  }

  /** Where it is connected, or on the way to. */
  get url(): string | undefined {
    return this.#lifecycle.url;
  }

  stats(): ClientStats {
    return this.#lifecycle.stats();
  }

  /** Whether whoever connects or registers waits for the first success, and hears of no failure before. */
  get isPatient(): boolean {
    return this.#lifecycle.isPatient;
  }

  get outbox(): Outbox {
    return this.#lifecycle.outbox;
  }

  get registration(): Registration {
    return this.#lifecycle.registration;
  }

  /** Resolves on IO_CONNECTED. While a connection is made or there is one, a second call joins the first. */
  async connect(url: string, options: ConnectOptions = {}): Promise<void> {
    return this.#connect("connect()", url, options, ignore);
  }

  /** Resolves on IO_REGISTERED, at once if registered. Waits for the server; a second call joins the first. */
  async start(url: string, options: StartOptions = {}): Promise<void> {
    let registered = Promise.resolve();
    // The wish comes with the connection, not after it: nobody can come between, and whatever ends it is told as it is.
    await this.#connect("start()", url, { ...options, waitForServer: true }, () => {
      registered = this.registration.join();
      registered.catch(ignore);
    });
    return this.#abortable(registered, options.signal, "start()");
  }

  /** Resolves on IO_REGISTERED. While a connection is made it waits for that; when registered it sends R again. */
  async register(options: RegisterOptions = {}): Promise<void> {
    throwIfAborted(options.signal, "register()");
    // connect() was called already, and dials as soon as the disconnect has ended.
    const calls = this.#disconnectCalls;
    if (this.#connectsAfterDisconnect > 0) {
      await this.#lifecycle.disconnecting;
    }
    if (this.#disconnectCalls !== calls) {
      throw disconnected();
    }
    if (this.state === "disconnected" || this.state === "disconnecting") {
      throw new MsbConnectionError("NOT_CONNECTED", "Cannot register: the client is not connected.", {
        remedy: "Call connect(url) first.",
      });
    }
    return this.#abortable(this.registration.request(), options.signal, "register()");
  }

  /** Makes the attempt that is planned at once. @returns false if none is */
  retryNow(): boolean {
    return this.#lifecycle.retryNow();
  }

  /** Resolves when the socket and the store are closed and no timer is left. Everything that waits is rejected. */
  async disconnect(options: DisconnectOptions = {}): Promise<void> {
    this.#disconnectCalls += 1;
    const isGoingOn = this.state !== "disconnected" && this.#lifecycle.disconnecting === undefined;
    // Without the wish to be registered nothing would be sent any more.
    if (options.drain === true && isGoingOn && this.registration.isWanted) {
      await this.#drain(options.timeout ?? 10_000);
    }
    return this.#lifecycle.disconnect();
  }

  /** Messages (events, registrations) that were sent and are not answered. */
  get inFlight(): number {
    return this.outbox.inFlight + (this.registration.isUnanswered ? 1 : 0);
  }

  /** Reads nothing more until `resumeReading()`. @returns false if the platform cannot do that, or nothing is open */
  pauseReading(): boolean {
    return this.#lifecycle.connection?.pause() ?? false;
  }

  resumeReading(): void {
    this.#lifecycle.connection?.resume();
  }

  /** @param onDialling called when the connection is made, or joined */
  async #connect(what: string, url: string, options: ConnectOptions, onDialling: () => void): Promise<void> {
    const { waitForServer = false, signal } = options;
    const base = parseMsbUrl(url);
    throwIfAborted(signal, what);
    const { disconnecting } = this.#lifecycle;
    if (disconnecting !== undefined) {
      this.#connectsAfterDisconnect += 1;
      const calls = this.#disconnectCalls;
      await disconnecting;
      this.#connectsAfterDisconnect -= 1;
      throwIfAborted(signal, what);
      if (this.#disconnectCalls !== calls) {
        throw disconnected();
      }
    }
    const calls = this.#disconnectCalls;
    const connected = this.#lifecycle.connect(base, waitForServer);
    this.#connectCalls += 1;
    // A listener may have disconnected already.
    if (this.#disconnectCalls === calls) {
      onDialling();
    }
    try {
      await this.#abortable(connected, signal, what);
    } finally {
      this.#connectCalls -= 1;
      const isUnwanted = signal?.aborted === true && this.#connectCalls === 0;
      if (isUnwanted && this.#lifecycle.isFirstAwaited) {
        void this.disconnect();
      }
    }
  }

  #abortable(promise: Promise<void>, signal: AbortSignal | undefined, what: string): Promise<void> {
    return abortable(promise, signal, what, () => this.#lifecycle.lastFailure);
  }

  async #drain(timeout: number): Promise<void> {
    const { clock } = this.#lifecycle;
    let timer: unknown;
    const expired = new Promise<void>((resolve) => {
      timer = clock.setTimeout(resolve, timeout);
    });
    await Promise.race([this.#owner.drain(), expired]);
    clock.clearTimeout(timer);
  }
}

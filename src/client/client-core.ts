import { type CallMessage, type ConfigurationMessage, encodeRegistration } from "../core/codec/index.ts";
import type { CachedEvent, EventStore } from "../core/event-cache/index.ts";
import {
  browserNetworkHints,
  type ConnectOptions,
  type NetworkHints,
  type Outbox,
  type RegisterOptions,
  readConnectOptions,
  readSignalOption,
  Session,
  type SessionDependencies,
  type StartOptions,
  type StateChange,
} from "../session/index.ts";
import type { SocketFactory, TlsOptions } from "../socket/index.ts";
import { quote } from "../support/clip.ts";
import type { Clock } from "../support/clock.ts";
import { OrderedEmitter, type Unsubscribe } from "../support/emitter.ts";
import { describeError, MsbError, reasonOf } from "../support/errors.ts";
import { LevelLogger } from "../support/logger.ts";
import { type FailureReporter, UnheardFailures } from "../support/unheard-failures.ts";
import { UtcDates } from "../support/utc-dates.ts";
import { CallQueue, type QueuedCall } from "./call-queue.ts";
import {
  CHANGEABLE,
  type ChangeableOptions,
  type ClientSettings,
  checkChanges,
  type MsbClientOptions,
  settingsOf,
} from "./client-options.ts";
import type { ConfigChange } from "./config-parameter.ts";
import { type Middleware, Middlewares } from "./middleware.ts";
import type { MsbService } from "./service.ts";
import type { ServiceHost } from "./service-host.ts";

/** Calls that may wait, for each one that may run. A burst has to fit: the answers to what it publishes come behind it. */
const WAITING_PER_RUNNING = 100;

/** What a client tells its listeners. */
export type MsbClientEvents = {
  /** The client moved from one state to another. */
  stateChange: StateChange;
  /**
   * Something failed that nobody awaits: failures in the background, and rejected promises of the client that nobody has
   * listened to by the end of the turn. Without a listener it goes to the log.
   */
  error: MsbError;
  /** The value of a configuration parameter has changed. */
  configChange: ConfigChange;
  /** An event was dropped from the full event cache. */
  eventDropped: { readonly eventId: string; readonly error: MsbError };
  /**
   * A message is about to be sent, or came: for tools that show or record what goes over the connection. The message `R` has the
   * token of the service in it.
   */
  message: {
    readonly direction: "in" | "out";
    /** As the interface of the MSB has it, out of its frame. */
    readonly text: string;
    /** Milliseconds since 1970. */
    readonly at: number;
  };
};

const ANY_CERTIFICATE =
  "tls.rejectUnauthorized is false: any certificate is accepted, so anybody on the way can read and change what is sent. " +
  "For tests only; give the authority's certificate as tls.ca instead.";

/** Puts the parts of a client together: settings, log, listeners, session, and the services on the connection. */
export class ClientCore implements FailureReporter, ServiceHost, SessionDependencies {
  readonly settings: ClientSettings;
  readonly clock: Clock;
  readonly failures: UnheardFailures;
  readonly logger: LevelLogger;
  readonly session: Session;
  /** Made by the first `use()`: who has none pays for one look at it. */
  middleware: Middlewares | undefined;
  #establishing = 0;
  /** The service that describes all of them, and those behind a gateway by their uuids. */
  #first: MsbService | undefined;
  #others: Map<string, MsbService> | undefined;
  // Made when they are needed: thousands of clients that do nothing do without.
  #dates: UtcDates | undefined;
  #emitter: OrderedEmitter<MsbClientEvents> | undefined;
  #calls: CallQueue | undefined;

  constructor(options: MsbClientOptions) {
    this.settings = settingsOf(options);
    const { settings } = this;
    this.clock = settings.clock;
    this.logger = new LevelLogger(settings.logger, settings.logLevel, settings.clock);
    this.#warnOfAnyCertificate(settings.tls);
    this.failures = new UnheardFailures(this);
    this.session = new Session(this);
  }

  get random(): () => number {
    return this.settings.random;
  }

  get openSocket(): SocketFactory {
    return this.settings.socket;
  }

  get store(): EventStore | undefined {
    return this.settings.store;
  }

  get networkHints(): NetworkHints {
    return browserNetworkHints;
  }

  get outbox(): Outbox {
    return this.session.outbox;
  }

  get dates(): UtcDates {
    this.#dates ??= new UtcDates(this.clock);
    return this.#dates;
  }

  get emitter(): OrderedEmitter<MsbClientEvents> {
    this.#emitter ??= new OrderedEmitter(
      (type, error, event) => this.#onListenerError(type, error, event),
      (callback) => this.clock.setTimeout(callback, 0),
    );
    return this.#emitter;
  }

  /** A service whose calls come over this connection; the first one describes all of them. */
  attach(service: MsbService): void {
    if (this.#first === undefined) {
      this.#first = service;
    } else {
      this.#others ??= new Map();
      this.#others.set(service.uuid, service);
    }
  }

  /** @throws {MsbDefinitionError} listing everything that is wrong; then nothing has changed. */
  set(changes: ChangeableOptions): void {
    checkChanges(changes, this.settings);
    const given = Object.entries(changes).filter(([name]) => CHANGEABLE.includes(name));
    for (const [name, value] of given) {
      // Without a value of its own a setting has its default.
      delete (this.settings as Partial<ClientSettings>)[name as keyof ClientSettings];
      if (value !== undefined) {
        Object.assign(this.settings, { [name]: value });
      }
    }
    this.logger.change(this.settings.logger, this.settings.logLevel);
    this.#warnOfAnyCertificate(changes.tls);
    this.session.outbox.trim();
    this.#calls?.refill();
  }

  use(middleware: Middleware): Unsubscribe {
    this.middleware ??= new Middlewares(this.failures);
    return this.middleware.add(middleware);
  }

  /** Resolves when everything published so far is settled, what middleware holds included. */
  async flush(): Promise<void> {
    if (this.middleware !== undefined) {
      await this.middleware.passed();
    }
    await this.outbox.flush();
  }

  async drain(): Promise<void> {
    await this.middleware?.passed();
    await this.outbox.drain();
  }

  runCall(call: QueuedCall): void {
    this.#calls ??= this.#newCallQueue();
    this.#calls.add(call);
  }

  updateRegistration(): Promise<void> {
    return this.#establish(() => this.session.registration.update());
  }

  connect(url: string, options: ConnectOptions | undefined): Promise<void> {
    return this.#establish(() => this.session.connect(url, readConnectOptions("connect()", options)));
  }

  start(url: string, options: StartOptions | undefined): Promise<void> {
    return this.#establish(() => this.session.start(url, readSignalOption("start()", options)));
  }

  register(options: RegisterOptions | undefined): Promise<void> {
    return this.#establish(() => this.session.register(readSignalOption("register()", options)));
  }

  selfDescriptionChanged(): void {
    this.session.registration.changed();
  }

  onConfigChange(listener: (change: ConfigChange) => void): Unsubscribe {
    return this.emitter.on("configChange", listener);
  }

  configChanged(change: ConfigChange): void {
    this.#emitter?.emit("configChange", change);
  }

  onDisconnected(listener: (error: MsbError | undefined) => void): Unsubscribe {
    return this.emitter.on("stateChange", ({ state, error }) => {
      if (state === "disconnected") {
        listener(error);
      }
    });
  }

  report(error: MsbError): void {
    if (this.#emitter?.has("error") === true) {
      this.#emitter.emit("error", error);
    } else {
      this.logger.error(error.message);
    }
  }

  registrationMessage(): string {
    return encodeRegistration(this.#first?.getSelfDescription() ?? {});
  }

  onCall(call: CallMessage): void {
    this.#find(call.uuid, "call")?.handleCall(call);
  }

  onConfiguration(configuration: ConfigurationMessage): void {
    this.#find(configuration.uuid, "configuration")?.handleConfiguration(configuration);
  }

  get isOverheard(): boolean {
    return this.#emitter?.has("message") === true;
  }

  onText(direction: "in" | "out", text: string): void {
    this.#emitter?.emit("message", { direction, text, at: this.clock.now() });
  }

  onDropped({ eventId }: CachedEvent, error: MsbError): void {
    this.#emitter?.emit("eventDropped", { eventId, error });
  }

  onError(error: MsbError): void {
    this.report(error);
  }

  onStateChange(change: StateChange): void {
    const { state, error, retryInMs } = change;
    const retry = retryInMs === undefined ? "" : `, next attempt in ${retryInMs} ms`;
    const what = state === "connected" && error !== undefined ? "connected, but not registered" : state;
    const line = error === undefined ? `${what}${retry}` : `${what}${retry}: ${error.message}`;
    // Who waits for the first success hears of nothing before it.
    const isTold = this.#establishing > 0 && state !== "reconnecting" && !this.session.isPatient;
    if (error === undefined || isTold) {
      this.logger.info(line);
    } else {
      this.logger.warn(line);
    }
    if (state === "reconnecting") {
      this.#calls?.connectionLost();
    }
    if (state === "disconnecting" || state === "disconnected") {
      this.#calls?.clear();
    }
    this.#emitter?.emit("stateChange", change);
    if (state === "disconnected") {
      this.logger.flush();
    }
  }

  /** While it runs, somebody is told by its promise how it ends. */
  async #establish(action: () => Promise<void>): Promise<void> {
    this.#establishing += 1;
    try {
      await action();
    } finally {
      this.#establishing -= 1;
    }
  }

  #warnOfAnyCertificate(tls: TlsOptions | undefined): void {
    if (tls?.rejectUnauthorized === false) {
      this.logger.warn(ANY_CERTIFICATE);
    }
  }

  #newCallQueue(): CallQueue {
    const { settings } = this;
    return new CallQueue({
      get limit() {
        return settings.maxConcurrentCalls;
      },
      get capacity() {
        return settings.maxConcurrentCalls * WAITING_PER_RUNNING;
      },
      reading: this.session,
      clock: this.clock,
      logger: this.logger,
      report: (error) => this.report(error),
    });
  }

  /** The service that a message is for. */
  #find(uuid: string, what: string): MsbService | undefined {
    const service = uuid === this.#first?.uuid ? this.#first : this.#others?.get(uuid);
    if (service === undefined) {
      const message = `A ${what} came for the service ${quote(uuid)}, which is not on this connection.`;
      this.report(new MsbError("BAD_MESSAGE", message));
    }
    return service;
  }

  #onListenerError(type: string, error: unknown, event: unknown): void {
    const message = `A listener for ${JSON.stringify(type)} failed: ${reasonOf(error)}.`;
    // One for errors that fails itself would be called for ever; what it was told must not be lost.
    if (type === "error") {
      this.logger.error(`${describeError(event)} ${message}`);
    } else {
      this.report(new MsbError("HANDLER_FAILED", message, { cause: error }));
    }
  }
}

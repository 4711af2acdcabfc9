import { type CallMessage, type ConfigurationMessage, encodeRegistration } from "../core/codec/index.ts";
import type { CachedEvent, EventStore } from "../core/event-cache/index.ts";
import {
  browserNetworkHints,
  type ConnectOptions,
  type NetworkHints,
  type Outbox,
  type RegisterOptions,
  Session,
  type SessionDependencies,
  type StateChange,
} from "../session/index.ts";
import type { SocketFactory } from "../socket/index.ts";
import { quote } from "../support/clip.ts";
import type { Clock } from "../support/clock.ts";
import { OrderedEmitter } from "../support/emitter.ts";
import { describeError, MsbError } from "../support/errors.ts";
import { LevelLogger } from "../support/logger.ts";
import { type FailureReporter, UnheardFailures } from "../support/unheard-failures.ts";
import { UtcDates } from "../support/utc-dates.ts";
import { CallQueue, type QueuedCall } from "./call-queue.ts";
import { type ClientSettings, checkSetting, type MsbClientOptions, settingsOf } from "./client-options.ts";
import type { ConfigChange } from "./config-parameter.ts";
import type { MsbService } from "./service.ts";
import type { ServiceHost } from "./service-host.ts";

/** Calls that may wait, for each one that may run. A burst has to fit: the answers to what it publishes come behind it. */
const WAITING_PER_RUNNING = 100;

/** What a client tells its listeners. */
export type MsbClientEvents = {
  /** The client moved from one state to another. */
  stateChange: StateChange;
  /**
   * Something failed that nobody awaits: what happens in the background, and rejected promises of the client that nobody has
   * listened to by the end of the turn. Without a listener it goes to the log.
   */
  error: MsbError;
  /** A configuration parameter has another value now. */
  configChange: ConfigChange;
  /** An event was dropped from the full event cache. */
  eventDropped: { readonly eventId: string; readonly error: MsbError };
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
    if (settings.tls?.rejectUnauthorized === false) {
      this.logger.warn(ANY_CERTIFICATE);
    }
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

  /** @throws {import("../support/errors.ts").MsbDefinitionError} */
  set<Name extends keyof ClientSettings>(name: Name, value: ClientSettings[Name]): void {
    checkSetting(name, value);
    this.settings[name] = value;
  }

  runCall(call: QueuedCall): void {
    this.#calls ??= this.#newCallQueue();
    this.#calls.add(call);
  }

  updateRegistration(): Promise<void> {
    return this.#establish(() => this.session.registration.update());
  }

  connect(url: string, options: ConnectOptions | undefined): Promise<void> {
    return this.#establish(() => this.session.connect(url, options));
  }

  register(options: RegisterOptions | undefined): Promise<void> {
    return this.#establish(() => this.session.register(options));
  }

  selfDescriptionChanged(): void {
    this.session.registration.changed();
  }

  configChanged(change: ConfigChange): void {
    this.#emitter?.emit("configChange", change);
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

  onDropped({ eventId }: CachedEvent, error: MsbError): void {
    this.#emitter?.emit("eventDropped", { eventId, error });
  }

  onError(error: MsbError): void {
    this.report(error);
  }

  onStateChange(change: StateChange): void {
    const { state, error, retryInMs } = change;
    const retry = retryInMs === undefined ? "" : `, next attempt in ${retryInMs} ms`;
    const line = error === undefined ? `${state}${retry}` : `${state}${retry}: ${error.message}`;
    const isTold = state !== "reconnecting" && this.#establishing > 0;
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

  #newCallQueue(): CallQueue {
    const { maxConcurrentCalls } = this.settings;
    return new CallQueue({
      limit: maxConcurrentCalls,
      capacity: maxConcurrentCalls * WAITING_PER_RUNNING,
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
    const message = `A listener for ${JSON.stringify(type)} failed: ${describeError(error)}.`;
    // One for errors that fails itself would be called for ever; what it was told must not be lost.
    if (type === "error") {
      this.logger.error(`${describeError(event)} ${message}`);
    } else {
      this.report(new MsbError("HANDLER_FAILED", message, { cause: error }));
    }
  }
}

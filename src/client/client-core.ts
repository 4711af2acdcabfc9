import { type CallMessage, type ConfigurationMessage, encodeRegistration } from "../core/codec/index.ts";
import {
  browserNetworkHints,
  type ConnectOptions,
  type Outbox,
  type RegisterOptions,
  Session,
  type StateChange,
} from "../session/index.ts";
import { quote } from "../support/clip.ts";
import type { Clock } from "../support/clock.ts";
import { OrderedEmitter } from "../support/emitter.ts";
import { describeError, MsbError } from "../support/errors.ts";
import { LevelLogger } from "../support/logger.ts";
import { UnheardFailures } from "../support/unheard-failures.ts";
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
export class ClientCore implements ServiceHost {
  readonly settings: ClientSettings;
  readonly clock: Clock;
  readonly dates: UtcDates;
  readonly failures: UnheardFailures;
  readonly emitter: OrderedEmitter<MsbClientEvents>;
  readonly logger: LevelLogger;
  readonly session: Session;
  readonly #calls: CallQueue;
  #establishing = 0;
  readonly #services = new Map<string, MsbService>();

  constructor(options: MsbClientOptions) {
    this.settings = settingsOf(options);
    const { settings } = this;
    this.clock = settings.clock;
    this.dates = new UtcDates(settings.clock);
    this.logger = new LevelLogger(settings.logger, settings.logLevel, settings.clock);
    if (settings.tls?.rejectUnauthorized === false) {
      this.logger.warn(ANY_CERTIFICATE);
    }
    this.emitter = new OrderedEmitter(
      (type, error, event) => this.#onListenerError(type, error, event),
      (callback) => this.clock.setTimeout(callback, 0),
    );
    this.failures = new UnheardFailures(this.clock, (error) => this.report(error));
    this.session = new Session({
      settings,
      clock: settings.clock,
      random: settings.random,
      openSocket: settings.socket,
      store: settings.store,
      networkHints: browserNetworkHints,
      logger: this.logger,
      registrationMessage: () => encodeRegistration(this.#describe()),
      onStateChange: (change) => this.#onStateChange(change),
      onCall: (call) => this.#onCall(call),
      onConfiguration: (configuration) => this.#onConfiguration(configuration),
      onDropped: ({ eventId }, error) => this.emitter.emit("eventDropped", { eventId, error }),
      onError: (error) => this.report(error),
    });
    this.#calls = new CallQueue({
      limit: settings.maxConcurrentCalls,
      capacity: settings.maxConcurrentCalls * WAITING_PER_RUNNING,
      reading: this.session,
      clock: this.clock,
      logger: this.logger,
      report: (error) => this.report(error),
    });
  }

  get outbox(): Outbox {
    return this.session.outbox;
  }

  /** A service whose calls come over this connection; the first one describes all of them. */
  attach(service: MsbService): void {
    this.#services.set(service.uuid, service);
  }

  /** @throws {import("../support/errors.ts").MsbDefinitionError} */
  set<Name extends keyof ClientSettings>(name: Name, value: ClientSettings[Name]): void {
    checkSetting(name, value);
    this.settings[name] = value;
  }

  runCall(call: QueuedCall): void {
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
    this.emitter.emit("configChange", change);
  }

  report(error: MsbError): void {
    if (this.emitter.has("error")) {
      this.emitter.emit("error", error);
    } else {
      this.logger.error(error.message);
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

  #describe(): object {
    const [first] = this.#services.values();
    return first?.getSelfDescription() ?? {};
  }

  #onCall(call: CallMessage): void {
    this.#find(call.uuid, "call")?.handleCall(call);
  }

  #onConfiguration(configuration: ConfigurationMessage): void {
    this.#find(configuration.uuid, "configuration")?.handleConfiguration(configuration);
  }

  /** The service that a message is for. */
  #find(uuid: string, what: string): MsbService | undefined {
    const service = this.#services.get(uuid);
    if (service === undefined) {
      const message = `A ${what} came for the service ${quote(uuid)}, which is not on this connection.`;
      this.report(new MsbError("BAD_MESSAGE", message));
    }
    return service;
  }

  #onStateChange(change: StateChange): void {
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
      this.#calls.connectionLost();
    }
    if (state === "disconnecting" || state === "disconnected") {
      this.#calls.clear();
    }
    this.emitter.emit("stateChange", change);
    if (state === "disconnected") {
      this.logger.flush();
    }
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

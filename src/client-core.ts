import { type ClientSettings, checkOption, type MsbClientOptions, settingsOf } from "./client-options.ts";
import { type Clock, systemClock } from "./clock.ts";
import { type CallMessage, type ConfigurationMessage, encodeRegistration } from "./codec/index.ts";
import type { ConfigChange } from "./config-parameter.ts";
import { SafeEmitter } from "./emitter.ts";
import { describeError, MsbError } from "./errors.ts";
import type { PublishResult } from "./event.ts";
import { ignore } from "./ignore.ts";
import { consoleLogger, LevelLogger } from "./logger.ts";
import type { MsbService, OutgoingEvent, ServiceHost } from "./service.ts";
import { browserWakeUp, Session, type StateChange } from "./session/index.ts";
import { isomorphicSocket } from "./socket/index.ts";

/** What a client tells its listeners. */
export type MsbClientEvents = {
  /** The client moved from one state to another. */
  stateChange: StateChange;
  /** Something failed: every rejected promise of the client, and everything that no promise stands for. */
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
  readonly emitter: SafeEmitter<MsbClientEvents>;
  readonly logger: LevelLogger;
  readonly session: Session;
  readonly #settings: ClientSettings;
  readonly #clock: Clock;
  readonly #services = new Map<string, MsbService>();

  constructor(options: MsbClientOptions) {
    this.#settings = settingsOf(options);
    this.#clock = options.clock ?? systemClock;
    this.logger = new LevelLogger(options.logger ?? consoleLogger, options.logLevel ?? "warn");
    if (options.tls?.rejectUnauthorized === false) this.logger.warn(ANY_CERTIFICATE);
    this.emitter = new SafeEmitter((type, error) => this.#onListenerError(type, error));
    this.session = new Session({
      settings: this.#settings,
      clock: this.#clock,
      openSocket: options.socket ?? isomorphicSocket,
      store: options.store,
      wakeUp: browserWakeUp,
      logger: this.logger,
      registrationMessage: () => encodeRegistration(this.#describe()),
      onStateChange: (change) => this.#onStateChange(change),
      onCall: (call) => this.#onCall(call),
      onConfiguration: (configuration) => this.#onConfiguration(configuration),
      onDropped: ({ eventId }, error) => this.emitter.emit("eventDropped", { eventId, error }),
      onError: (error) => this.report(error),
    });
  }

  get validate(): boolean {
    return this.#settings.dataFormatValidation;
  }

  get cachedByDefault(): boolean {
    return this.#settings.cached;
  }

  /** A service whose calls come over this connection; the first one describes all of them. */
  attach(service: MsbService): void {
    this.#services.set(service.uuid, service);
  }

  /** @throws {import("./errors.ts").MsbDefinitionError} */
  set<Name extends keyof ClientSettings & keyof MsbClientOptions>(
    name: Name,
    value: ClientSettings[Name],
  ): void {
    checkOption(name, value as MsbClientOptions[Name]);
    this.#settings[name] = value;
  }

  send(event: OutgoingEvent): Promise<PublishResult> {
    const { eventId, message, cached, until, signal, result } = event;
    const published = new Promise<PublishResult>((resolve, fail) => {
      const done = (): void => resolve(result);
      const reject = (error: MsbError): void => {
        // Nobody has to await the promise, and its failure is heard of all the same.
        this.report(error);
        fail(error);
      };
      const stored = (failure?: MsbError): void => (failure === undefined ? done() : fail(failure));
      this.session.publish({
        eventId,
        message,
        cached,
        signal,
        resolve: done,
        reject,
        stored: until === "stored" ? stored : undefined,
      });
    });
    published.catch(ignore);
    return published;
  }

  updateRegistration(): Promise<void> {
    return this.session.updateRegistration();
  }

  configChanged(change: ConfigChange): void {
    this.emitter.emit("configChange", change);
  }

  now(): number {
    return this.#clock.now();
  }

  /** A promise that nobody awaits never ends the process; its failure reaches the listeners or the log all the same. */
  observe<T>(promise: Promise<T>): Promise<T> {
    promise.catch((error: MsbError) => this.report(error));
    return promise;
  }

  report(error: MsbError): void {
    if (this.emitter.has("error")) this.emitter.emit("error", error);
    else this.logger.error(error.message);
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
      const message = `A ${what} came for the service ${JSON.stringify(uuid)}, which is not on this connection.`;
      this.report(new MsbError("BAD_MESSAGE", message));
    }
    return service;
  }

  #onStateChange(change: StateChange): void {
    const { state, error, retryInMs } = change;
    const retry = retryInMs === undefined ? "" : `, next attempt in ${retryInMs} ms`;
    if (error === undefined) this.logger.info(`${state}${retry}`);
    else this.logger.warn(`${state}${retry}: ${error.message}`);
    this.emitter.emit("stateChange", change);
  }

  #onListenerError(type: string, error: unknown): void {
    const message = `A listener for ${JSON.stringify(type)} failed: ${describeError(error)}.`;
    // One for errors that fails itself would be called for ever.
    if (type === "error") this.logger.error(message);
    else this.report(new MsbError("HANDLER_FAILED", message, { cause: error }));
  }
}

import type { Identity, ServiceType } from "../core/self-description/index.ts";
import { mustBe } from "../core/validation/describe-value.ts";
import { throwIssues } from "../core/validation/issues.ts";
import type { ConnectOptions, DisconnectOptions, RegisterOptions, SessionState } from "../session/index.ts";
import type { Unsubscribe } from "../support/emitter.ts";
import { MsbError } from "../support/errors.ts";
import { ClientCore, type MsbClientEvents } from "./client-core.ts";
import { checkMilliseconds, type MsbClientOptions } from "./client-options.ts";
import { readConstructorArguments } from "./constructor-arguments.ts";
import { MsbService } from "./service.ts";

/**
 * A client of the MSB: describes a service, connects it, registers it, publishes its events and answers calls.
 *
 * Any number of clients live in one process. Nothing is opened before `connect()`.
 * @example
 * const client = new MsbClient({
 *   type: "SmartObject", uuid: "press-7", name: "Press 7", description: "A press in hall 3", token: "press7",
 * });
 */
export class MsbClient extends MsbService {
  readonly #core: ClientCore;
  readonly #defaultUrl: string | undefined;

  /**
   * By one object with identity and settings, by the five fields of the identity, or from a file (Node only): without
   * arguments `application.properties` of the working directory, with `propertiesFile` another one.
   * @throws {MsbDefinitionError} listing every field that is missing, empty, wrong or unknown.
   * @example
   * const client = new MsbClient({ propertiesFile: "press.properties", cached: true });
   */
  constructor(options: Identity & MsbClientOptions);
  constructor(options?: MsbClientOptions & { propertiesFile: string });
  constructor(
    type: ServiceType,
    uuid: string,
    name: string,
    description: string,
    token: string,
    options?: MsbClientOptions,
  );
  constructor(...parameters: readonly unknown[]) {
    const { identity, options } = readConstructorArguments(parameters);
    const core = new ClientCore(options);
    super(identity, core);
    this.#core = core;
    this.#defaultUrl = options.url;
    core.attach(this);
  }

  /** Where the client stands; a `stateChange` listener hears of every change. */
  get state(): SessionState {
    return this.#core.session.state;
  }

  /**
   * Whether there is a connection: IO_CONNECTED came.
   * @example
   * console.log(client.isConnected() ? "connected" : `not connected: ${client.state}`);
   */
  isConnected(): boolean {
    return this.state === "connected" || this.state === "registering" || this.state === "registered";
  }

  /**
   * Whether events can be published: IO_REGISTERED came.
   * @example
   * if (client.isRegistered()) {
   *   await temperature.publish(press.celsius);
   * }
   */
  isRegistered(): boolean {
    return this.state === "registered";
  }

  /**
   * Connects. Resolves on IO_CONNECTED; from then on a lost connection is made again (`autoReconnect`).
   * A second call with the same URL joins the first; one during `disconnect()` waits for its end.
   *
   * Rejects with `INVALID_URL`, with `CONNECT_FAILED` or `TIMEOUT` if the first attempt fails (`waitForServer` keeps
   * trying instead), and with `REFUSED`.
   *
   * @param url http://, https://, ws:// or wss:// with host, port and path of the MSB
   *   @default the client option `url`, or `msb.url` of the properties file
   * @example
   * await client.connect("http://127.0.0.1:8085", { waitForServer: true }); // resolves when the MSB is there
   */
  connect(url?: string | null, options?: ConnectOptions): Promise<void> {
    return this.#core.failures.observe(() =>
      this.#connect(url ?? this.#core.session.url ?? this.#defaultUrl, options),
    );
  }

  async #connect(url: string | undefined, options: ConnectOptions | undefined): Promise<void> {
    if (url === undefined) {
      throw new MsbError("INVALID_URL", "There is no URL to connect to.", {
        remedy: "Give it to connect(), as the option url, or as msb.url in application.properties.",
      });
    }
    return this.#core.connect(url, options);
  }

  /**
   * Registers the self-description. Resolves on IO_REGISTERED. Called while the connection is being made, it waits for it;
   * called again, it sends R again. After a reconnect, and when something is added, the client registers by itself.
   *
   * Rejects with `REFUSED` (the error's `reply` is the NIO code), and with `NOT_CONNECTED` before `connect()`.
   * @example
   * void client.connect("http://127.0.0.1:8085", { waitForServer: true });
   * await client.register(); // waits for the connection
   */
  register(options?: RegisterOptions): Promise<void> {
    return this.#core.failures.observe(() => this.#core.register(options));
  }

  /**
   * Adds a service behind this gateway: with a uuid, events, functions and parameters of its own, on this connection.
   * Added after `register()`: the client registers again by itself.
   * @throws {MsbDefinitionError} if this client is not a Gateway, or the identity is wrong.
   * @example
   * const lamp = gateway.addService({
   *   type: "SmartObject", uuid: "lamp-1", name: "Lamp 1", description: "Over the door", token: "lamp1",
   * });
   * const switched = lamp.addEvent({ eventId: "SWITCHED", dataFormat: DataType.BOOLEAN });
   */
  addService(identity: Identity): MsbService {
    const service = new MsbService(identity, this.#core);
    this.selfDescription.addService(service.selfDescription);
    this.#core.attach(service);
    this.#core.selfDescriptionChanged();
    return service;
  }

  /**
   * Resolves when every event published so far is settled: accepted, refused or dropped. Never rejects.
   * @example
   * for (const celsius of [20.5, 21, 21.5]) {
   *   void temperature.publish(celsius, { cached: true });
   * }
   * await client.flush(); // all three are settled
   */
  flush(): Promise<void> {
    return this.#core.failures.observe(() => this.#core.outbox.flush());
  }

  /**
   * Closes the connection. Resolves when the socket and the store are closed; no timer is left, and every open promise is
   * rejected. A `connect()` or `register()` that still waits rejects with `DISCONNECTED`; if nobody awaits it, that is not
   * reported. Calls that wait for their handler are not run any more.
   *
   * Events in a store stay there, and are sent after the next `connect()`. With `drain` it first waits, for `timeout` at
   * most, until every event published so far is settled.
   * @example
   * process.once("SIGTERM", () => void client.disconnect({ drain: true, timeout: 5_000 }));
   */
  disconnect(options?: DisconnectOptions): Promise<void> {
    return this.#core.failures.observe(() => {
      if (options?.timeout !== undefined) {
        checkMilliseconds("timeout", options.timeout);
      }
      return this.#core.session.disconnect(options);
    });
  }

  /**
   * `await using client = …`: the same as `disconnect({ drain: true })`.
   * @example
   * await using client = new MsbClient(identity); // disconnects when the block ends
   * await client.connect("http://127.0.0.1:8085");
   */
  [Symbol.asyncDispose](): Promise<void> {
    return this.disconnect({ drain: true });
  }

  /**
   * Adds a listener. One that throws is reported, and harms nobody.
   * @throws {MsbDefinitionError} if there is no such type, or the listener is not a function.
   * @returns a function that removes it
   * @example
   * client.on("stateChange", ({ state, error }) => console.log(state, error?.message ?? ""));
   * const stop = client.on("error", (error) => console.error(error.code, error.message));
   * stop(); // removes the listener of errors
   */
  on<Type extends keyof MsbClientEvents>(
    type: Type,
    listener: (event: MsbClientEvents[Type]) => void,
  ): Unsubscribe {
    checkListener(type, listener);
    return this.#core.emitter.on(type, listener);
  }

  /**
   * @example
   * const onChange = ({ name, newValue }: ConfigChange) => console.log(`${name} is ${newValue}`);
   * client.on("configChange", onChange);
   * client.off("configChange", onChange);
   */
  off<Type extends keyof MsbClientEvents>(
    type: Type,
    listener: (event: MsbClientEvents[Type]) => void,
  ): void {
    this.#core.emitter.off(type, listener);
  }

  /**
   * {@link MsbClientOptions.reconnectInterval}
   * @example
   * client.setReconnectInterval(30_000);
   */
  setReconnectInterval(milliseconds: number): void {
    this.#core.set("reconnectInterval", milliseconds);
  }

  /**
   * {@link MsbClientOptions.keepAlive} and {@link MsbClientOptions.keepAliveInterval}; from the next connection on.
   * @example
   * client.setKeepAlive(true, 5_000); // a silent connection is given up after 15 s
   */
  setKeepAlive(enabled: boolean, intervalMilliseconds?: number): void {
    // First, so that a wrong one changes nothing.
    if (intervalMilliseconds !== undefined) {
      this.#core.set("keepAliveInterval", intervalMilliseconds);
    }
    this.#core.set("keepAlive", enabled);
  }

  /**
   * {@link MsbClientOptions.autoReconnect}, turned round.
   * @example
   * client.disableAutoReconnect();
   * client.on("stateChange", ({ state }) => console.log(state)); // disconnected, once the connection is lost
   */
  disableAutoReconnect(disabled = true): void {
    this.#core.set("autoReconnect", negated(disabled));
  }

  /**
   * {@link MsbClientOptions.eventCacheSize}; of events that wait already, the oldest are dropped.
   * @example
   * client.setEventCacheSize(50_000);
   */
  setEventCacheSize(events: number): void {
    this.#core.set("eventCacheSize", events);
    this.#core.outbox.trim();
  }

  /**
   * {@link MsbClientOptions.eventCache}, turned round; what waits already stays.
   * @example
   * client.disableEventCache(); // without a connection, publish() rejects with NOT_CONNECTED at once
   */
  disableEventCache(disabled = true): void {
    this.#core.set("eventCache", negated(disabled));
  }

  /**
   * {@link MsbClientOptions.sockJsFraming}, turned round; from the next connection on.
   * @example
   * client.disableSockJsFraming();
   * await client.connect("ws://127.0.0.1:8085"); // raw text frames
   */
  disableSockJsFraming(disabled = true): void {
    this.#core.set("sockJsFraming", negated(disabled));
  }

  /**
   * {@link MsbClientOptions.hostnameVerification}, turned round; from the next connection on. It leaves out the host name only:
   * the certificate must still be signed by a trusted authority. An option `tls.checkHostname` goes before it.
   * @example
   * client.disableHostnameVerification();
   * await client.connect("https://192.0.2.7:8084"); // the certificate is made for the name of that host
   */
  disableHostnameVerification(disabled = true): void {
    this.#core.set("hostnameVerification", negated(disabled));
  }

  /**
   * {@link MsbClientOptions.dataFormatValidation}
   * @example
   * client.enableDataFormatValidation(false);
   */
  enableDataFormatValidation(enabled = true): void {
    this.#core.set("dataFormatValidation", enabled);
  }

  /**
   * Logs what happens. Turned off, it logs less than that: what {@link MsbClientOptions.logLevel} says, at most `info`.
   * @example
   * client.enableDebug(process.argv.includes("--debug"));
   */
  enableDebug(enabled = true): void {
    this.#core.logger.enableDebug(enabled);
  }

  /**
   * Logs what happens, and every message sent and received. Turned off, `enableDebug` decides, or else the option.
   * @example
   * client.enableTrace();
   * await client.register(); // R and IO_REGISTERED are in the log
   * client.enableTrace(false);
   */
  enableTrace(enabled = true): void {
    this.#core.logger.enableTrace(enabled);
  }
}

/** A record, so that none can be left out. */
const EVENT_TYPES = Object.keys({
  stateChange: true,
  error: true,
  configChange: true,
  eventDropped: true,
} satisfies Record<keyof MsbClientEvents, true>);

function checkListener(type: unknown, listener: unknown): void {
  throwIssues("The listener", [
    ...(EVENT_TYPES.includes(type as string)
      ? []
      : [{ path: "type", message: mustBe(`one of ${EVENT_TYPES.join(", ")}`, type) }]),
    ...(typeof listener === "function"
      ? []
      : [{ path: "listener", message: mustBe("a function", listener) }]),
  ]);
}

function negated(flag: boolean): boolean {
  // What is not a boolean is passed on as it is, for the check to name it.
  return typeof flag === "boolean" ? !flag : flag;
}

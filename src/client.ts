import { ClientCore, type MsbClientEvents } from "./client-core.ts";
import { findOptionIssues, type MsbClientOptions } from "./client-options.ts";
import type { Unsubscribe } from "./emitter.ts";
import { MsbDefinitionError, type MsbIssue } from "./errors.ts";
import { collectIssues } from "./self-description/check.ts";
import { checkIdentity, type Identity, type ServiceType } from "./self-description/index.ts";
import { MsbService } from "./service.ts";
import type { ConnectOptions, SessionState } from "./session/index.ts";

/**
 * A client of the MSB: describes a service, connects it, registers it, publishes its events and answers calls.
 *
 * Any number of clients live in one process. Nothing is opened before `connect()`.
 */
export class MsbClient extends MsbService {
  readonly #core: ClientCore;

  /**
   * @param options identity and settings in one object
   * @throws {MsbDefinitionError} listing every field that is missing, empty, wrong or unknown.
   */
  constructor(options: Identity & MsbClientOptions);
  constructor(
    type: ServiceType,
    uuid: string,
    name: string,
    description: string,
    token: string,
    options?: MsbClientOptions,
  );
  constructor(...parameters: readonly unknown[]) {
    const { identity, options } = readConstructor(parameters);
    const core = new ClientCore(options);
    super(identity, core);
    this.#core = core;
    core.attach(this);
  }

  get state(): SessionState {
    return this.#core.session.state;
  }

  /** Whether there is a connection: IO_CONNECTED came. */
  isConnected(): boolean {
    return this.state === "connected" || this.state === "registering" || this.state === "registered";
  }

  /** Whether events can be published: IO_REGISTERED came. */
  isRegistered(): boolean {
    return this.state === "registered";
  }

  /**
   * Connects. Resolves on IO_CONNECTED; from then on a lost connection is made again (`autoReconnect`).
   * A second call with the same URL joins the first; one during `disconnect()` waits for its end.
   *
   * Rejects with `INVALID_URL`, with `CONNECT_FAILED` or `TIMEOUT` where the first attempt fails (`waitForServer` keeps
   * trying instead), and with `REFUSED`.
   *
   * @param url http://, https://, ws:// or wss:// with host, port and path of the MSB
   */
  connect(url: string, options?: ConnectOptions): Promise<void> {
    return this.#core.observe(this.#core.session.connect(url, options));
  }

  /**
   * Registers the self-description. Resolves on IO_REGISTERED. Called while the connection is being made, it waits for it;
   * called again, it registers what was added since. After a reconnect the client registers by itself.
   *
   * Rejects with `REFUSED` (the error's `reply` is the NIO code), and with `NOT_CONNECTED` before `connect()`.
   */
  register(): Promise<void> {
    return this.#core.observe(this.#core.session.register());
  }

  /**
   * Adds a service behind this gateway: with a uuid, events, functions and parameters of its own, on this connection.
   * It becomes part of the self-description of the gateway with the next `register()`.
   * @throws {MsbDefinitionError} where this client is no Gateway, or the identity is wrong.
   */
  addService(identity: Identity): MsbService {
    const service = new MsbService(identity, this.#core);
    this.selfDescription.addService(service.selfDescription);
    this.#core.attach(service);
    return service;
  }

  /** Closes the connection. Resolves when the socket is closed; no timer is left, and every open promise is rejected. */
  disconnect(): Promise<void> {
    return this.#core.session.disconnect();
  }

  /**
   * Adds a listener. One that throws is reported, and harms nobody.
   * @returns a function that removes it
   */
  on<Type extends keyof MsbClientEvents>(
    type: Type,
    listener: (event: MsbClientEvents[Type]) => void,
  ): Unsubscribe {
    return this.#core.emitter.on(type, listener);
  }

  off<Type extends keyof MsbClientEvents>(
    type: Type,
    listener: (event: MsbClientEvents[Type]) => void,
  ): void {
    this.#core.emitter.off(type, listener);
  }

  /** {@link MsbClientOptions.reconnectInterval} */
  setReconnectInterval(milliseconds: number): void {
    this.#core.set("reconnectInterval", milliseconds);
  }

  /** {@link MsbClientOptions.autoReconnect}, turned round. */
  disableAutoReconnect(disabled = true): void {
    this.#core.set("autoReconnect", negated(disabled));
  }

  /** {@link MsbClientOptions.eventCacheSize}; of events that wait already, the oldest are dropped. */
  setEventCacheSize(events: number): void {
    this.#core.set("eventCacheSize", events);
    this.#core.session.trimCache();
  }

  /** {@link MsbClientOptions.eventCache}, turned round; what waits already stays. */
  disableEventCache(disabled = true): void {
    this.#core.set("eventCache", negated(disabled));
  }

  /** {@link MsbClientOptions.sockJsFraming}, turned round; from the next connection on. */
  disableSockJsFraming(disabled = true): void {
    this.#core.set("sockJsFraming", negated(disabled));
  }

  /** {@link MsbClientOptions.hostnameVerification}, turned round; from the next connection on. */
  disableHostnameVerification(disabled = true): void {
    this.#core.set("hostnameVerification", negated(disabled));
  }

  /** {@link MsbClientOptions.dataFormatValidation} */
  enableDataFormatValidation(enabled = true): void {
    this.#core.set("dataFormatValidation", enabled);
  }

  /** Logs what happens. */
  enableDebug(enabled = true): void {
    this.#core.logger.level = enabled ? "debug" : "warn";
  }

  /** Logs what happens, and every message sent and received. */
  enableTrace(enabled = true): void {
    this.#core.logger.level = enabled ? "trace" : "warn";
  }
}

function negated(flag: boolean): boolean {
  // What is no boolean is passed on as it is, for the check to name it.
  return typeof flag === "boolean" ? !flag : flag;
}

function readConstructor(parameters: readonly unknown[]): { identity: Identity; options: MsbClientOptions } {
  const [first, uuid, name, description, token, sixth] = parameters;
  const positional = typeof first !== "object" || first === null;
  const all = positional
    ? { type: first, uuid, name, description, token, ...(sixth as object | undefined) }
    : first;
  const {
    type: _t,
    uuid: _u,
    name: _n,
    description: _d,
    token: _k,
    ...options
  } = all as Identity & MsbClientOptions;
  const issues: MsbIssue[] = [];
  const identity = collectIssues(issues, () => checkIdentity(all as Identity));
  issues.push(...findOptionIssues(options));
  if (identity === undefined || issues.length > 0) throw new MsbDefinitionError("The client", issues);
  return { identity, options };
}

import type { Identity, ServiceType } from "../core/self-description/index.ts";
import { mustBe } from "../core/validation/describe-value.ts";
import { throwIssues } from "../core/validation/issues.ts";
import {
  type ClientStats,
  type ConnectOptions,
  type DisconnectOptions,
  type RegisterOptions,
  readDisconnectOptions,
  readSignalOption,
  type SessionState,
  type StartOptions,
} from "../session/index.ts";
import type { Unsubscribe } from "../support/emitter.ts";
import { MsbError } from "../support/errors.ts";
import { ClientCore, type MsbClientEvents } from "./client-core.ts";
import type { MsbClientOptions } from "./client-options.ts";
import { readConstructorArguments } from "./constructor-arguments.ts";
import type { AnyContract } from "./contract/contract.ts";
import type { Middleware } from "./middleware.ts";
import { MsbService } from "./service.ts";
import { SettableClient } from "./settable-client.ts";
import { type StatesOptions, streamStates } from "./states.ts";

/**
 * A client of the MSB: describes a service, connects it, registers it, publishes its events and answers calls.
 *
 * Any number of clients can live in one process. Nothing is opened before `connect()`.
 * @example
 * const client = new MsbClient({
 *   type: "SmartObject", uuid: "press-7", name: "Press 7", description: "A press in hall 3", token: "press7",
 * });
 */
export class MsbClient<C extends AnyContract = AnyContract> extends SettableClient<C> {
  readonly #core: ClientCore;

  /**
   * Pass one object with identity and settings, or the five fields of the identity, or read a file (Node only): without
   * arguments it is `application.properties` in the working directory, with `propertiesFile` another one. Options given beside
   * `propertiesFile` override what the file says.
   * @throws {MsbDefinitionError} listing every field that is missing, empty, wrong or unknown.
   * @example
   * const client = new MsbClient({ propertiesFile: "press.properties", cached: true });
   */
  constructor(options?: MsbClientOptions & Partial<Identity> & { propertiesFile: string });
  constructor(
    type: ServiceType,
    uuid: string,
    name: string,
    description: string,
    token: string,
    options?: MsbClientOptions,
  );
  // The last one: it is what the compiler explains when none fits.
  constructor(options: Identity & MsbClientOptions);
  constructor(...parameters: readonly unknown[]) {
    const { identity, options } = readConstructorArguments(parameters);
    const core = new ClientCore(options);
    super(identity, core);
    this.#core = core;
    core.attach(this);
  }

  /** The state of the client. A `stateChange` listener gets every change. */
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
   * Connects and registers, and waits for the MSB as long as it takes. For services and pages that run unattended. The same
   * as `connect(url, { waitForServer: true })` and `register()` in one. Resolves on IO_REGISTERED, at once if registered.
   * A call while another one waits joins it.
   *
   * Rejects with `REFUSED` if another attempt will not change that (uuid or token, self-description): the client then stays
   * as far as it came. Rejects with `INVALID_URL`; with `ABORTED`; with `DISCONNECTED` after `disconnect()`; with
   * `autoReconnect: false`, or a `retryPolicy` that gives up, also with why the attempt failed.
   *
   * @param url as with `connect()`
   * @example
   * await client.start("http://127.0.0.1:8085");
   * await temperature.publish(press.celsius);
   */
  start(url?: string | null, options?: StartOptions): Promise<void> {
    return this.#core.failures.observe(async () => this.#core.start(this.#urlOf("start()", url), options));
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
    return this.#core.failures.observe(async () =>
      this.#core.connect(this.#urlOf("connect()", url), options),
    );
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
   * Makes the next attempt at once instead of after its pause (`retryInMs` of `stateChange`): to connect, or to register after a refusal.
   * For a "try now" button, and for programs that know that the MSB is back. Calls in a row make one attempt every 100 ms at most.
   * Everything that waits stays as it is: events, calls, and the promises of `start()`, `connect()` and `register()`.
   *
   * @returns whether an attempt was waiting. `false` while one is under way, when registered, and when nothing tries
   * @example
   * console.log(client.retryNow() ? "trying …" : client.state);
   */
  retryNow(): boolean {
    return this.#core.session.retryNow();
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
  addService<Own extends AnyContract = AnyContract>(identity: Identity): MsbService<Own> {
    const service = new MsbService<Own>(identity, this.#core);
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
    return this.#core.failures.observe(() => this.#core.flush());
  }

  /**
   * What this client has done so far, over all of its connections, and its state. For logs and dashboards of operators. With
   * a gateway it counts all services. Bytes and round trips are measured from the first call on, because that takes time: so call
   * it once at the start if you want them.
   * @example
   * client.stats();
   * setInterval(() => {
   *   const { acknowledged, cached, roundTrip } = client.stats();
   *   console.log(`${acknowledged} accepted, ${cached} wait, ${roundTrip.smoothed ?? "?"} ms`);
   * }, 60_000);
   */
  stats(): ClientStats {
    return this.#core.session.stats();
  }

  /**
   * Closes the connection. Resolves when the socket and the store are closed; no timer is left, and every open promise is
   * rejected. A `connect()` or `register()` that still waits rejects with `DISCONNECTED`; if nobody awaits it, that is not
   * reported. Calls that wait for their handler are not run any more.
   *
   * Events in a store stay there, and are sent after the next `connect()`. With `drain` it first waits, for `timeout` at
   * most, until every event published so far is settled. While the MSB cannot be reached it is enough that all of them are in
   * the store.
   * @example
   * process.once("SIGTERM", () => void client.disconnect({ drain: true, timeout: 5_000 }));
   */
  disconnect(options?: DisconnectOptions): Promise<void> {
    return this.#core.failures.observe(() =>
      this.#core.session.disconnect(readDisconnectOptions("disconnect()", options)),
    );
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
   * Adds a listener. One that throws is reported, and nothing else is affected.
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
   * The same, for the next event only.
   * @throws {MsbDefinitionError} if there is no such type, or the listener is not a function.
   * @returns a function that removes it before
   * @example
   * client.once("stateChange", ({ state }) => console.log(`The first change: ${state}.`));
   */
  once<Type extends keyof MsbClientEvents>(
    type: Type,
    listener: (event: MsbClientEvents[Type]) => void,
  ): Unsubscribe {
    checkListener(type, listener);
    return this.#core.emitter.once(type, listener);
  }

  /**
   * The states of the client, one after the other: first the one in which it is. They do not end by themselves, but by `break`
   * or `return`, or, without an error, by the signal. A reader that is slow finds the last 100.
   * @example
   * for await (const state of client.states({ signal: AbortSignal.timeout(60_000) })) {
   *   console.log(state); // disconnected, connecting, connected, …
   * }
   */
  states(options: StatesOptions = {}): AsyncIterableIterator<SessionState> {
    const { signal } = readSignalOption("states()", options);
    return streamStates(this.state, this.#core.emitter, signal);
  }

  /**
   * Removes a listener, one of `once()` too.
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
   * Adds a function around everything that this client publishes, responses included, and around every call that it gets; with
   * a gateway also for the services behind it. Several run in the order in which they were added, the first one outermost. The rules
   * are in docs/guides/middleware.md.
   *
   * It may look on, change what an event is published with, or refuse by throwing: then `publish()` rejects, and a call
   * counts as failed. It has to call `next()` once, or throw. What it returns is not looked at.
   * @throws {MsbDefinitionError} if it is not a function.
   * @returns a function that removes it; what is under way still goes through it
   * @example
   * client.use(async (context, next) => {
   *   const start = performance.now();
   *   await next(); // the event is accepted, or the call is answered
   *   const id = context.kind === "publish" ? context.eventId : context.functionId;
   *   console.log(context.kind, id, performance.now() - start);
   * });
   */
  use(middleware: Middleware): Unsubscribe {
    const isFunction = typeof middleware === "function";
    throwIssues(
      "The middleware",
      isFunction ? [] : [{ path: "", message: mustBe("a function", middleware) }],
    );
    return this.#core.use(middleware);
  }

  /** @throws {MsbError} `INVALID_URL` if there is no URL. */
  #urlOf(method: string, given: string | null | undefined): string {
    const url = given ?? this.#core.session.url ?? this.#core.settings.url;
    if (url === undefined) {
      throw new MsbError("INVALID_URL", "There is no URL to connect to.", {
        remedy: `Give it to ${method}, as the option url, or as msb.url in application.properties.`,
      });
    }
    return url;
  }
}

/** A record, so that none can be left out. */
const EVENT_TYPES = Object.keys({
  stateChange: true,
  error: true,
  configChange: true,
  eventDropped: true,
  message: true,
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

import type { BrokerFaults } from "./faults/faults.ts";
import type { Flow } from "./flows/flow.ts";
import type { PublishAsOptions } from "./messaging/publish-as.ts";
import type { CallOptions } from "./messaging/service-messages.ts";
import type { BrokerCounters } from "./observing/counters.ts";
import type { EventFilter, MessageFilter } from "./observing/filters.ts";
import type { BrokerEvents } from "./observing/listeners.ts";
import type { TracedMessage } from "./observing/traced-message.ts";
import type { WaitForRegistrationOptions } from "./observing/wait-for.ts";
import type { ReceivedEvent } from "./protocol/event.ts";
import type { RawJson } from "./protocol/raw-json.ts";
import type { KnownService, RegisteredService } from "./services/registered-service.ts";
import type { ConnectionInfo, DisconnectInfo } from "./transport/connection.ts";

/** Options of {@link Broker.replay}. */
export interface ReplayOptions {
  /** How many times faster than it was recorded; 0 for no pauses. @default 1 */
  readonly speed?: number | undefined;
}

/** Options of {@link Broker.callAndWait}. */
export interface CallAndWaitOptions extends CallOptions {
  /** Only this response event. @default any event of the service with the correlation id */
  readonly eventId?: string | undefined;
  /** In milliseconds. @default 5_000 */
  readonly timeout?: number | undefined;
}

/**
 * A running development broker. Methods that take the uuid of a service throw an `MsbError` with the code
 * `NOT_REGISTERED` if no such service is registered now.
 */
export interface Broker extends AsyncDisposable {
  /** The port that it listens on; of several the first. */
  readonly port: number;
  /** The address that it listens on, as in the options. */
  readonly host: string;
  /** What a client on this computer gives to `connect()`, for example `http://127.0.0.1:8085`. */
  readonly url: string;
  /** The same for each of its ports, {@link url} first. */
  readonly urls: readonly string[];
  /** The services that are registered now, by uuid. A live view. */
  readonly services: ReadonlyMap<string, RegisteredService>;
  /** The clients that are connected now, registered or not. A copy. */
  readonly connections: readonly ConnectionInfo[];
  /** The flows. A copy. */
  readonly flows: readonly Flow[];
  /** The last events that were accepted, oldest first; their number is bounded by the option `maxEvents`. A copy. */
  readonly events: readonly ReceivedEvent[];

  /**
   * The services that are registered now, and those that were (at most 10,000), the one seen last at the end. A copy.
   */
  readonly knownServices: readonly KnownService[];
  /** What it has counted since it started. A copy. */
  readonly counters: Readonly<BrokerCounters>;
  /** Faults, to test how services behave when something fails. */
  readonly faults: BrokerFaults;

  /**
   * Adds a flow; adding it again has no effect. It takes the place of one with the same source events and the same target,
   * wherever that came from, but not of those that the MSB's management created. What `addEvent()` and `addFunction()` of a
   * client return can be its ends.
   * @throws {MsbDefinitionError} naming what is wrong with it.
   * @example
   * broker.addFlow({
   *   from: { uuid: "press-7", eventId: "READING" }, to: { uuid: "display", functionId: "SHOW" },
   *   mapping: { "/speed": "/dataObject/speed", "/unit": { value: "rpm" } },
   * });
   * const show = client.addFunction({ functionId: "SHOW", dataFormat: z.number(), handler: console.log });
   * broker.addFlow({ from: temperature, to: show });
   */
  addFlow(flow: Flow): void;
  /**
   * Removes the flow with the same `from` and `to`. @returns whether there was one.
   * @example
   * for (const flow of broker.flows) {
   *   broker.removeFlow(flow);
   * }
   */
  removeFlow(flow: Flow): boolean;
  /**
   * Reads the flows of a JSON file, and again whenever the file changes: a list of flows or of flow documents, or `{ "flows": […] }`.
   * A later version that cannot be used is logged, and the flows stay as they are.
   * @returns a function that stops watching; the flows stay.
   * @throws {MsbDefinitionError} (rejects) if the file cannot be read or used now.
   * @example
   * const stop = await broker.watchFlows("flows.json");
   */
  watchFlows(file: string): Promise<() => void>;

  /**
   * Calls a function: sends `C` with the value as `dataObject`; no value (`undefined` or `null`) for a function without
   * payload. Here and below a value may be {@link RawJson}, for numbers that JavaScript cannot hold. Whether the service has the function, and whether the value fits, is not checked: that is the client's part.
   * @example
   * broker.call("press-7", "SET_SPEED", 90, { correlationId: "order-4711" });
   * broker.call("press-7", "MOVE", undefined, { parameters: { axis: "x", distance: 5 } });
   */
  call(uuid: string, functionId: string, value?: unknown, options?: CallOptions): void;
  /**
   * Calls a function, and waits for its response event: the next event of the service with the correlation id of the call.
   * @throws {MsbError} (rejects) `TIMEOUT` if none comes.
   * @example
   * const answer = await broker.callAndWait("press-7", "SET_SPEED", 90, { eventId: "SPEED_CHANGED" });
   * console.log(answer.dataObject); // 90
   */
  callAndWait(
    uuid: string,
    functionId: string,
    value?: unknown,
    options?: CallAndWaitOptions,
  ): Promise<ReceivedEvent>;
  /**
   * Publishes an event as if the service had done it: it is listed, and flows pass it on. The service may be offline.
   * @throws {MsbError} `NOT_REGISTERED` if the service was never here, `UNKNOWN_EVENT` if it has no such event;
   * {MsbValueError} if the value does not fit the event's data format.
   * @example
   * broker.publish("press-7", "TEMPERATURE", 21.5, { priority: 2 });
   */
  publish(uuid: string, eventId: string, value?: unknown, options?: PublishAsOptions): ReceivedEvent;
  /**
   * Changes configuration parameters: sends `K` with these keys and values, unchecked.
   * @example
   * broker.configure("press-7", { limit: 90 });
   */
  configure(uuid: string, params: Readonly<Record<string, unknown>> | RawJson): void;
  /**
   * Sends messages as they are, to test what a client does with them. With SockJS several share one frame.
   * @example
   * broker.send("press-7", "C not JSON"); // the client has to survive it
   */
  send(uuid: string, ...messages: string[]): void;

  /**
   * Drops the service's TCP connection without a close frame, as a broken network does.
   * @example
   * broker.cut("press-7");
   * await broker.waitForRegistration("press-7", { next: true, timeout: 20_000 }); // it comes back
   */
  cut(uuid: string): void;
  /**
   * Drops every connection without a close frame.
   * @example
   * broker.cutAll();
   * console.log(broker.services.size); // 0
   */
  cutAll(): void;
  /**
   * Closes the service's connection in order.
   * @param code 1000 or from 3000 to 4999. With SockJS it stands in the SockJS frame, too.
   * @param reason of 123 bytes or less.
   * @default code 3000, reason "Go away!"
   * @example
   * broker.disconnect("press-7", 4_000, "Maintenance");
   */
  disconnect(uuid: string, code?: number, reason?: string): void;

  /**
   * Adds a listener. What it throws goes to the log.
   * @returns a function that ends listening.
   * @example
   * const stop = broker.on("event", ({ uuid, eventId, dataText }) => console.log(uuid, eventId, dataText));
   */
  on<Name extends keyof BrokerEvents>(
    name: Name,
    listener: (payload: BrokerEvents[Name]) => void,
  ): () => void;
  /**
   * The next event that fits; what arrived before the call is in {@link events}.
   * @param timeout in milliseconds. @default 5_000
   * @throws {MsbError} (rejects) with the code `TIMEOUT`; `DISCONNECTED` if the broker is closed meanwhile.
   * @example
   * const hot = await broker.waitForEvent(({ dataObject }) => Number(dataObject) > 80, 10_000);
   * const next = await broker.waitForEvent({ uuid: "press-7", eventId: "TEMPERATURE" });
   */
  waitForEvent(filter?: EventFilter<ReceivedEvent>, timeout?: number): Promise<ReceivedEvent>;
  /**
   * The service, as soon as it is registered: at once if it is already. Errors as with {@link waitForEvent}.
   * @example
   * const { name, counts } = await broker.waitForRegistration("press-7");
   */
  waitForRegistration(uuid: string, options?: WaitForRegistrationOptions): Promise<RegisteredService>;
  /**
   * The end of the connection of a service. @param timeout in milliseconds. @default 5_000
   * @example
   * const left = broker.waitForDisconnect("press-7");
   * await client.disconnect();
   * console.log((await left).uuids); // ["press-7"]
   */
  waitForDisconnect(uuid: string, timeout?: number): Promise<DisconnectInfo>;
  /**
   * The next message that fits, in either direction. @param timeout in milliseconds. @default 5_000
   * @example
   * const { text } = await broker.waitForMessage({ direction: "in", startsWith: "R" });
   */
  waitForMessage(filter: MessageFilter, timeout?: number): Promise<TracedMessage>;

  /**
   * Forgets a service, as if it had never been here. If it is connected, its connection is closed first, with all services on
   * it; when it connects again, it registers anew.
   * @returns whether it was known.
   * @example
   * console.log(broker.forget("press-7") ? "forgotten" : "was never here");
   */
  forget(uuid: string): boolean;

  /**
   * Writes every message from now on into a file of JSON lines: `{"at","direction","connection","text"}`, `at` in
   * milliseconds since 1970, `direction` `in` (from a client), `out`, or `open` and `close` of a connection (without `text`).
   * A file that is there is overwritten. The tokens of services are masked, unless the option `showTokens` is set.
   * @returns a function that ends it and resolves when all is written, with the number of messages in the file.
   * @example
   * const stop = await broker.record("messages.jsonl");
   * await client.register();
   * console.log(`${await stop()} messages`);
   */
  record(file: string): Promise<() => Promise<number>>;
  /**
   * Replays a recorded file: for every connection in it a virtual one, which sends again what its client sent (R, E),
   * at the same intervals. What the broker sends to them is traced, and lost. They stay connected at the end.
   * @returns how many messages were said. Rejects if the file cannot be read.
   * @example
   * const said = await broker.replay("messages.jsonl", { speed: 10 });
   */
  replay(file: string, options?: ReplayOptions): Promise<number>;

  /**
   * How many calls wait for a service that is offline; without a uuid, for all of them.
   * @example
   * console.log(`${broker.queued("press-7")} of ${broker.queued()} calls wait for the press`);
   */
  queued(uuid?: string): number;

  /**
   * Closes all connections and stops listening; resolves when nothing is left open. Clients that do not answer are
   * dropped after a quarter of a second. Can be called again, with the same result.
   * @example
   * process.once("SIGINT", () => void broker.close());
   */
  close(): Promise<void>;
}

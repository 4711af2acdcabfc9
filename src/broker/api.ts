import type { ReceivedEvent } from "./event.ts";
import type { Flow } from "./flow.ts";
import type { BrokerEvents } from "./listeners.ts";
import type { SelfDescription, ServiceType } from "./self-description-types.ts";
import type { Framing } from "./transport/connection.ts";

/** A service that is registered now. */
export interface RegisteredService {
  readonly uuid: string;
  readonly name: string;
  readonly type: ServiceType;
  /** As it was received: all its keys, also those that the broker does not know. */
  readonly selfDescription: SelfDescription;
  /** The uuid of the gateway whose registration brought it; `undefined` for a service that registered itself. */
  readonly gateway: string | undefined;
  /** The connection it is on; several services can share one. */
  readonly connectionId: string;
  readonly framing: Framing;
  /** When it registered (last), in milliseconds since 1970. */
  readonly registeredAt: number;
}

/** A client's connection. */
export interface ConnectionInfo {
  /** Unique within the broker, for example `"c7"`. */
  readonly id: string;
  readonly framing: Framing;
  /** For example `"127.0.0.1:50123"`. */
  readonly remoteAddress: string;
}

/** The end of a connection. */
export interface DisconnectInfo extends ConnectionInfo {
  /** The services that were registered on it. */
  readonly uuids: readonly string[];
}

/** A message, as it was received or sent, without framing. */
export interface TracedMessage {
  /** `in` is from the client to the broker. */
  readonly direction: "in" | "out";
  readonly connectionId: string;
  /** For example `E {"uuid":…}` or `IO_PUBLISHED`. */
  readonly text: string;
  /** In milliseconds since 1970. */
  readonly at: number;
}

/** Picks events: those that have all the values given, or those for which the function returns true. */
export type EventFilter<Event> =
  | { readonly uuid?: string; readonly eventId?: string; readonly correlationId?: string }
  | ((event: Event) => boolean);

/** Options of {@link Broker.call}. */
export interface CallOptions {
  /** Sent with the call, and by a client with its response events. @default none is sent */
  readonly correlationId?: string | undefined;
}

/**
 * A running development broker. Methods that take the uuid of a service throw an `MsbError` with the code
 * `NOT_REGISTERED` where no such service is registered now.
 */
export interface Broker extends AsyncDisposable {
  /** The port that it listens on. */
  readonly port: number;
  /** The address that it listens on, as in the options. */
  readonly host: string;
  /** What a client on this computer gives to `connect()`, for example `http://127.0.0.1:8085`. */
  readonly url: string;
  /** The services that are registered now, by uuid. A live view. */
  readonly services: ReadonlyMap<string, RegisteredService>;
  /** The clients that are connected now, registered or not. A copy. */
  readonly connections: readonly ConnectionInfo[];
  /** The flows. A copy. */
  readonly flows: readonly Flow[];
  /** The last events that were accepted, oldest first; their number is bounded by the option `maxEvents`. A copy. */
  readonly events: readonly ReceivedEvent[];

  /** Adds a flow; adding it again has no effect. @throws {MsbDefinitionError} naming what is wrong with it. */
  addFlow(flow: Flow): void;
  /** Removes the flow with the same `from` and `to`. @returns whether there was one. */
  removeFlow(flow: Flow): boolean;

  /**
   * Calls a function: sends `C` with the value as `dataObject`; no value (`undefined` or `null`) for a function without
   * payload. Whether the service has the function, and whether the value fits, is not checked: that is the client's part.
   */
  call(uuid: string, functionId: string, value?: unknown, options?: CallOptions): void;
  /** Changes configuration parameters: sends `K` with these keys and values, unchecked. */
  configure(uuid: string, params: Readonly<Record<string, unknown>>): void;
  /** Sends messages as they are, to test what a client does with them. With SockJS several share one frame. */
  send(uuid: string, ...messages: string[]): void;

  /** Drops the service's TCP connection without a close frame, as a broken network does. */
  cut(uuid: string): void;
  /** Drops every connection without a close frame. */
  cutAll(): void;
  /**
   * Closes the service's connection in order.
   * @param code 1000 or from 3000 to 4999. With SockJS it stands in the SockJS frame, and the websocket's own is 1000.
   * @default code 3000, reason "Go away!"
   */
  disconnect(uuid: string, code?: number, reason?: string): void;

  /**
   * Listens to what happens. What a listener throws goes into the log.
   * @returns a function that ends listening.
   */
  on<Name extends keyof BrokerEvents>(
    name: Name,
    listener: (payload: BrokerEvents[Name]) => void,
  ): () => void;
  /**
   * The next event that fits; what arrived before the call is in {@link events}.
   * @param timeout in milliseconds. @default 5_000
   * @throws {MsbError} (rejects) with the code `TIMEOUT`; `DISCONNECTED` where the broker is closed meanwhile.
   */
  waitForEvent(filter?: EventFilter<ReceivedEvent>, timeout?: number): Promise<ReceivedEvent>;
  /** How many calls wait for a service that is offline. */
  queued(uuid: string): number;

  /**
   * Closes all connections and stops listening; resolves when nothing is left open. Clients that do not answer are
   * dropped after a quarter of a second. Can be called again, with the same result.
   */
  close(): Promise<void>;
}

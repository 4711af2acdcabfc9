import type { RawJson } from "./protocol/raw-json.ts";
import type { SelfDescription, ServiceType } from "./services/self-description-types.ts";
import type { Framing } from "./transport/connection.ts";

/** A service that is registered now. */
export interface RegisteredService {
  readonly uuid: string;
  readonly name: string;
  readonly type: ServiceType;
  /**
   * As it was received: all its keys, also those that the broker does not know. It is kept as text, and parsed each time that it
   * is asked for.
   */
  readonly selfDescription: SelfDescription;
  /** The beginning of its description, 200 characters at most; empty where it has none. */
  readonly description: string;
  /** How many of each it has. */
  readonly counts: { readonly events: number; readonly functions: number; readonly parameters: number };
  /** The uuid of the gateway whose registration brought it; `undefined` for a service that registered itself. */
  readonly gateway: string | undefined;
  /** The connection it is on; several services can share one. */
  readonly connectionId: string;
  readonly framing: Framing;
  /** When it registered (last), in milliseconds since 1970. */
  readonly registeredAt: number;
}

/**
 * What the MSB's management says of a service: `VERIFIED` where its token was issued by this broker's REST interface, or
 * verified there; `REGISTRATED` (as the MSB spells it) otherwise. Both can publish and be called.
 */
export type LifecycleState = "REGISTRATED" | "VERIFIED";

/** A service that is registered, or was. */
export interface KnownService {
  readonly service: RegisteredService;
  /** Whether it is registered now. */
  readonly connected: boolean;
  /** When it registered last, or left; in milliseconds since 1970. */
  readonly lastSeen: number;
  readonly lifecycleState: LifecycleState;
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
  /** Sent with the call, and by a client with its response events. @default a new UUID */
  readonly correlationId?: string | undefined;
  /** The whole `functionParameters`, by name, instead of a value: for functions of the Java and C# clients. */
  readonly parameters?: Readonly<Record<string, unknown>> | RawJson | undefined;
}

/** Options of {@link Broker.callAndWait}. */
export interface CallAndWaitOptions extends CallOptions {
  /** Only this response event. @default any event of the service with the correlation id */
  readonly eventId?: string | undefined;
  /** In milliseconds. @default 5_000 */
  readonly timeout?: number | undefined;
}

/** Options of {@link Broker.publish}. */
export interface PublishAsOptions {
  /** 0 is LOW, 1 MEDIUM, 2 HIGH. @default 1 */
  readonly priority?: 0 | 1 | 2 | undefined;
  readonly correlationId?: string | undefined;
  /** @default now, as ISO 8601 */
  readonly postDate?: string | undefined;
}

/** Options of {@link Broker.waitForRegistration}. */
export interface WaitForRegistrationOptions {
  /** In milliseconds. @default 5_000 */
  readonly timeout?: number | undefined;
  /** Wait for the next registration even if the service is registered now, as after a cut or a change of parameters. @default false */
  readonly next?: boolean | undefined;
}

/** Picks messages: those that have all the values given, or those for which the function returns true. */
export type MessageFilter =
  | {
      readonly direction?: "in" | "out";
      readonly connectionId?: string;
      /** The text starts with this, such as `C` or `IO_REGISTERED`. */
      readonly startsWith?: string;
    }
  | ((message: TracedMessage) => boolean);

/** Options of {@link Broker.replay}. */
export interface ReplayOptions {
  /** How many times faster than it was recorded; 0 for without any pause. @default 1 */
  readonly speed?: number | undefined;
}

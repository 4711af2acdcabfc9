import type { Framing } from "../transport/connection.ts";
import type { SelfDescription, ServiceType } from "./self-description-types.ts";

/** A service that is registered now. */
export interface RegisteredService {
  readonly uuid: string;
  readonly name: string;
  readonly type: ServiceType;
  /**
   * As it was received: all its keys, also those that the broker does not know. It is kept as JSON, and parsed each time that it
   * is asked for.
   */
  readonly selfDescription: SelfDescription;
  /** The beginning of its description, 200 characters at most; empty if it has none. */
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
 * What the MSB's management says of a service: `VERIFIED` if its token was issued by this broker's REST interface, or
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

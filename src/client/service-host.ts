import type { MsbError } from "../support/errors.ts";
import type { QueuedCall } from "./call-queue.ts";
import type { ConfigChange } from "./config-parameter.ts";
import type { PublishResult } from "./event.ts";

export interface OutgoingEvent {
  readonly eventId: string;
  /** The E message. */
  readonly message: string;
  readonly cached: boolean;
  readonly until: "acknowledged" | "stored";
  readonly signal: AbortSignal | undefined;
  readonly result: PublishResult;
}

/** What a service needs of the client that it belongs to. */
export interface ServiceHost {
  readonly validate: boolean;
  readonly cachedByDefault: boolean;
  /** Settles when the MSB has answered, or the event is stored. A failure that nobody listens to is reported. */
  send(event: OutgoingEvent): Promise<PublishResult>;
  /** The promise of an action; its failure is reported if nobody listens. */
  observe<T>(action: () => Promise<T>): Promise<T>;
  /** The promise of an event that cannot be sent; its failure is reported if nobody listens. */
  rejected(error: unknown): Promise<never>;
  /** Runs a call when there is room for one more. */
  runCall(call: QueuedCall): void;
  now(): number;
  report(error: MsbError): void;
  /** A parameter changed: registers again where it is registered. */
  updateRegistration(): Promise<void>;
  /** Something was added: registers again where it is registered, once for everything that is added in one go. */
  selfDescriptionChanged(): void;
  configChanged(change: ConfigChange): void;
}

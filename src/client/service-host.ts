import type { Clock } from "../support/clock.ts";
import type { Unsubscribe } from "../support/emitter.ts";
import type { MsbError } from "../support/errors.ts";
import type { QueuedCall } from "./call-queue.ts";
import type { ConfigChange } from "./config-parameter.ts";
import type { Publisher } from "./event.ts";
import type { Middlewares } from "./middleware.ts";

/** What a service needs of the client that it belongs to. */
export interface ServiceHost extends Publisher {
  readonly middleware: Middlewares | undefined;
  /** Runs a call when there is room for one more. */
  runCall(call: QueuedCall): void;
  report(error: MsbError): void;
  readonly clock: Clock;
  /** Calls back whenever the connection has ended for good; with the error, if nobody asked for that. */
  onDisconnected(listener: (error: MsbError | undefined) => void): Unsubscribe;
  /** A parameter changed: registers again if it is registered. */
  updateRegistration(): Promise<void>;
  /** Something was added: registers again if it is registered, once for everything that is added in one go. */
  selfDescriptionChanged(): void;
  configChanged(change: ConfigChange): void;
  /** Calls back when a parameter of any of its services has another value. */
  onConfigChange(listener: (change: ConfigChange) => void): Unsubscribe;
}

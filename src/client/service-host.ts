import type { MsbError } from "../support/errors.ts";
import type { QueuedCall } from "./call-queue.ts";
import type { ConfigChange } from "./config-parameter.ts";
import type { Publisher } from "./event.ts";

/** What a service needs of the client that it belongs to. */
export interface ServiceHost extends Publisher {
  /** Runs a call when there is room for one more. */
  runCall(call: QueuedCall): void;
  report(error: MsbError): void;
  /** A parameter changed: registers again if it is registered. */
  updateRegistration(): Promise<void>;
  /** Something was added: registers again if it is registered, once for everything that is added in one go. */
  selfDescriptionChanged(): void;
  configChanged(change: ConfigChange): void;
}

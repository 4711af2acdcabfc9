import { SafeEmitter } from "../../support/emitter.ts";
import { describeError } from "../../support/errors.ts";
import type { ReceivedEvent } from "../protocol/event.ts";
import type { RegisteredService } from "../services/registered-service.ts";
import type { ConnectionInfo, DisconnectInfo } from "../transport/connection.ts";
import type { LogFunction } from "./log.ts";
import type { TracedMessage } from "./traced-message.ts";

/** What can be listened to on a broker, and what the listener gets. */
export type BrokerEvents = {
  /** An event was accepted. Comes after the reply to its publisher, and before the calls that it causes. */
  event: ReceivedEvent;
  /** A service was registered, or registered again. Comes after the reply and the calls that waited for it. */
  register: RegisteredService;
  /** A message came in or went out. */
  message: TracedMessage;
  /** A client connected; it has not got `IO_CONNECTED` yet. */
  connection: ConnectionInfo;
  /** A connection ended; its services are not registered any more. */
  disconnect: DisconnectInfo;
};

/** Hands out what happens to who listens. */
export interface Listeners {
  /** @returns a function that ends listening. */
  on<Name extends keyof BrokerEvents>(
    name: Name,
    listener: (payload: BrokerEvents[Name]) => void,
  ): () => void;
  emit<Name extends keyof BrokerEvents>(name: Name, payload: BrokerEvents[Name]): void;
  /** False if nobody listens, so that no payload has to be made. */
  has(name: keyof BrokerEvents): boolean;
  clear(): void;
}

export function createListeners(log: LogFunction): Listeners {
  const emitter = new SafeEmitter<BrokerEvents>((name, error) => {
    log({ level: "error", message: `A listener of "${name}" threw: ${describeError(error)}` });
  });
  return {
    // Each call adds a listener of its own, even if the function is the same.
    on: (name, listener) =>
      emitter.on(name, (payload) => {
        listener(payload);
      }),
    emit: (name, payload) => emitter.emit(name, payload),
    has: (name) => emitter.has(name),
    clear: () => emitter.clear(),
  };
}

import type { IncomingMessage, RegistrationRefusal } from "../core/codec/index.ts";
import { clip } from "../support/clip.ts";
import { MsbError } from "../support/errors.ts";
import type { Outbox } from "./delivery/outbox.ts";
import type { SessionDependencies } from "./dependencies.ts";
import type { Registration } from "./registration/registration.ts";

/** The parts that messages are for. */
export interface Receivers {
  readonly outbox: Outbox;
  readonly registration: Registration;
  /** Whether calls and configurations still count: not while it is disconnecting. */
  readonly takesCalls: boolean;
  onConnected(): void;
  onRegistrationRefused(reply: RegistrationRefusal): void;
}

/** Passes a message of the MSB to the part that it is for. @param client where calls and the like go on to */
export function dispatch(message: IncomingMessage, to: Receivers, client: SessionDependencies): void {
  switch (message.type) {
    case "connected":
      return to.onConnected();
    case "registered":
      if (!to.registration.onRegistered()) {
        client.logger.debug("an IO_REGISTERED came, but no registration was waiting for it");
      }
      return;
    case "registrationRefused":
      return to.onRegistrationRefused(message.reply);
    case "published":
      return to.outbox.onPublished();
    case "eventRefused":
      return to.outbox.onRefused(message.reply);
    case "call":
      if (to.takesCalls) {
        client.onCall(message.call);
      }
      return;
    case "configuration":
      if (to.takesCalls) {
        client.onConfiguration(message.configuration);
      }
      return;
    case "malformed":
      return client.onError(
        new MsbError("BAD_MESSAGE", `A message that cannot be read was ignored: ${message.reason}.`),
      );
    case "unknown":
      return client.logger.debug(`an unknown message was ignored: ${clip(message.text)}`);
    case "ping":
      return;
    default:
      // Another kind of message does not compile without a case.
      return message satisfies never;
  }
}

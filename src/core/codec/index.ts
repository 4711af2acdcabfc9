export { type Framing, rawFraming, sockJsFraming } from "./framing.ts";
export {
  type CallMessage,
  type ConfigurationMessage,
  decodeMessage,
  type EventEncoder,
  type EventRefusal,
  encodeRegistration,
  eventEncoder,
  type IncomingMessage,
  PONG,
  type PriorityNumber,
  type RegistrationRefusal,
} from "./messages.ts";

export {
  type EncodedMessage,
  EventEncoder,
  type EventFields,
  PlainMessage,
} from "./encoded-message.ts";
export { type Framing, rawFraming, sockJsFraming } from "./framing.ts";
export {
  type CallMessage,
  type ConfigurationMessage,
  decodeMessage,
  type EventRefusal,
  encodeRegistration,
  type IncomingMessage,
  PONG,
  type PriorityNumber,
  type RegistrationRefusal,
} from "./messages.ts";

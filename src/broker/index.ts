export type {
  Broker,
  CallOptions,
  ConnectionInfo,
  DisconnectInfo,
  EventFilter,
  RegisteredService,
  TracedMessage,
} from "./api.ts";
export type { ReceivedEvent } from "./event.ts";
export type { Flow } from "./flow.ts";
export type { BrokerEvents } from "./listeners.ts";
export type { LogEntry, LogFunction, LogLevel } from "./log.ts";
export type { BrokerOptions } from "./options.ts";
export type {
  DescribedEvent,
  DescribedFunction,
  DescribedParameter,
  SelfDescription,
  ServiceType,
} from "./self-description-types.ts";
export { startBroker } from "./start.ts";
export type { Framing } from "./transport/connection.ts";
export type { TlsOptions } from "./transport/http-server.ts";

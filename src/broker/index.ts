export type {
  Broker,
  CallAndWaitOptions,
  CallOptions,
  ConnectionInfo,
  DisconnectInfo,
  EventFilter,
  KnownService,
  LifecycleState,
  MessageFilter,
  PublishAsOptions,
  RegisteredService,
  ReplayOptions,
  TracedMessage,
  WaitForRegistrationOptions,
} from "./api.ts";
export type { BrokerCounters } from "./counters.ts";
export type { ReceivedEvent } from "./event.ts";
export type { AnsweredKind, RefusalFault, SilenceFault } from "./faults/fault-state.ts";
export type { ActiveFaults, BrokerFaults, RefuseOptions } from "./faults/faults.ts";
export type { Flow, FlowSource, FlowTarget } from "./flow/flow.ts";
export type { Mapping, MappingSource } from "./flow/mapping.ts";
export type { BrokerTlsOptions } from "./listen-options.ts";
export type { BrokerEvents } from "./listeners.ts";
export type { LogEntry, LogFunction, LogLevel } from "./log.ts";
export type { Refusal } from "./messages.ts";
export type { BrokerOptions } from "./options.ts";
export { RawJson } from "./raw-json.ts";
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

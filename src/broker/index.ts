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
export type { AnsweredKind, RefusalFault, SilenceFault } from "./faults/fault-state.ts";
export type { ActiveFaults, BrokerFaults, RefuseOptions } from "./faults/faults.ts";
export type { Flow, FlowSource, FlowTarget } from "./flows/flow.ts";
export type { Mapping, MappingSource } from "./flows/mapping.ts";
export type { BrokerTlsOptions } from "./listen-options.ts";
export type { BrokerCounters } from "./observing/counters.ts";
export type { BrokerEvents } from "./observing/listeners.ts";
export type { LogEntry, LogFunction, LogLevel } from "./observing/log.ts";
export type { BrokerOptions } from "./options.ts";
export type { ReceivedEvent } from "./protocol/event.ts";
export type { Refusal } from "./protocol/messages.ts";
export { RawJson } from "./protocol/raw-json.ts";
export type {
  DescribedEvent,
  DescribedFunction,
  DescribedParameter,
  SelfDescription,
  ServiceType,
} from "./services/self-description-types.ts";
export { startBroker } from "./start.ts";
export type { Framing } from "./transport/connection.ts";
export type { TlsOptions } from "./transport/http-server.ts";

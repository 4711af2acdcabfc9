export type { Broker, CallAndWaitOptions, ReplayOptions } from "./api.ts";
export type { AnsweredKind, RefusalFault, SilenceFault } from "./faults/fault-state.ts";
export type { ActiveFaults, BrokerFaults, RefuseOptions } from "./faults/faults.ts";
export type { Flow, FlowSource, FlowTarget } from "./flows/flow.ts";
export type { Mapping, MappingSource } from "./flows/mapping.ts";
export type { BrokerTlsOptions } from "./listen-options.ts";
export type { PublishAsOptions } from "./messaging/publish-as.ts";
export type { CallOptions } from "./messaging/service-messages.ts";
export type { BrokerCounters } from "./observing/counters.ts";
export type { EventFilter, MessageFilter } from "./observing/filters.ts";
export type { BrokerEvents } from "./observing/listeners.ts";
export type { LogEntry, LogFunction, LogLevel } from "./observing/log.ts";
export type { TracedMessage } from "./observing/traced-message.ts";
export type { WaitForRegistrationOptions } from "./observing/wait-for.ts";
export type { BrokerOptions } from "./options.ts";
export type { ReceivedEvent } from "./protocol/event.ts";
export { RawJson } from "./protocol/raw-json.ts";
export type { Refusal } from "./protocol/refusals.ts";
export type { KnownService, LifecycleState, RegisteredService } from "./services/registered-service.ts";
export type {
  DescribedEvent,
  DescribedFunction,
  DescribedParameter,
  SelfDescription,
  ServiceType,
} from "./services/self-description-types.ts";
export { startBroker } from "./start.ts";
export type { ConnectionInfo, DisconnectInfo, Framing } from "./transport/connection.ts";
export type { TlsOptions } from "./transport/http-server.ts";

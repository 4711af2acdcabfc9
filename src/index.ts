export { MsbClient } from "./client.ts";
export type { MsbClientEvents } from "./client-core.ts";
export type { MsbClientOptions } from "./client-options.ts";
export type { Clock } from "./clock.ts";
export type { ConfigChange, ConfigParameter } from "./config-parameter.ts";
export type { DataFormatDefinition, DataFormatJson, Json, ValueOf } from "./data-format/index.ts";
export { ComplexDataFormat, DataType, type DataTypeName } from "./data-format/index.ts";
export type { Unsubscribe } from "./emitter.ts";
export {
  MsbConnectionError,
  MsbDefinitionError,
  MsbError,
  type MsbErrorCode,
  type MsbIssue,
  MsbRefusedError,
  MsbValueError,
} from "./errors.ts";
export type { MsbEvent, PublishOptions, PublishResult } from "./event.ts";
export type { EventStore, StoreChange, StoredEvent, StoreKeys, StorePage } from "./event-cache/index.ts";
export type { FunctionCall, FunctionDefinition, MsbFunction } from "./function.ts";
export type { Logger, LogLevel } from "./logger.ts";
export type {
  EventDefinition,
  Identity,
  Priority,
  SelfDescriptionJson,
  ServiceType,
} from "./self-description/index.ts";
export { identityFromProperties, type PropertiesIdentity } from "./self-description/properties.ts";
export type { MsbService } from "./service.ts";
export {
  type BackoffOptions,
  type ConnectOptions,
  type DisconnectOptions,
  exponentialBackoff,
  type RegisterOptions,
  type RetryPolicy,
  type SessionState,
  type StateChange,
} from "./session/index.ts";
export {
  type HttpResponse,
  isomorphicSocket,
  type NodeSocketOptions,
  nodeSocket,
  type Socket,
  type SocketClose,
  type SocketFactory,
  type SocketListener,
  type SocketOptions,
  type TlsOptions,
} from "./socket/index.ts";

// Nothing but names: so a bundler takes only the files whose names a page imports.
export type { MsbClientEvents } from "./client/client-core.ts";
export type { MsbClientOptions } from "./client/client-options.ts";
export type { ConfigChange, ConfigParameter } from "./client/config-parameter.ts";
export type { MsbEvent } from "./client/event.ts";
export type {
  FunctionCall,
  FunctionDefinition,
  FunctionHandler,
  HandlerResult,
  MsbFunction,
  ParameterValues,
} from "./client/function.ts";
export type { PublishResult } from "./client/publication.ts";
export type { PublishOptions } from "./client/publish-options.ts";
export type { MsbService } from "./client/service.ts";
export { DataType, type DataTypeName } from "./core/data-format/data-type.ts";
export type { DataFormatDefinition, DataFormatJson, Json, ValueOf } from "./core/data-format/index.ts";
export type { EventStore, StoreChange, StoredEvent, StoreKeys, StorePage } from "./core/event-cache/index.ts";
export type {
  EventDefinition,
  EventJson,
  FunctionJson,
  Identity,
  ParameterJson,
  Priority,
  SelfDescriptionJson,
  ServiceType,
} from "./core/self-description/index.ts";
export { identityFromProperties, type PropertiesIdentity } from "./core/self-description/properties.ts";
export { isomorphicSocket, nodeSocket } from "./platform/index.ts";
export { ComplexDataFormat, MsbClient } from "./sdk.ts";
export type {
  BatchOptions,
  ConnectOptions,
  DisconnectOptions,
  RegisterOptions,
  SessionState,
  StateChange,
} from "./session/index.ts";
export { type BackoffOptions, exponentialBackoff, type RetryPolicy } from "./session/reconnecting/retry.ts";
export type {
  HttpResponse,
  NodeSocketOptions,
  Socket,
  SocketClose,
  SocketFactory,
  SocketListener,
  SocketOptions,
  TlsOptions,
} from "./socket/index.ts";
export type { Clock } from "./support/clock.ts";
export type { Unsubscribe } from "./support/emitter.ts";
export {
  MsbConnectionError,
  MsbDefinitionError,
  MsbError,
  type MsbErrorCode,
  type MsbIssue,
  MsbRefusedError,
  MsbValueError,
} from "./support/errors.ts";
export type { Logger, LogLevel } from "./support/logger.ts";

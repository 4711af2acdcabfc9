// Nothing but names: so a bundler takes only the files whose names a page imports.
export type { MsbClientEvents } from "./client/client-core.ts";
export type { ChangeableOptions, MsbClientOptions } from "./client/client-options.ts";
export type { ConfigChange, ConfigParameter } from "./client/config-parameter.ts";
export type { AnyContract, Contract } from "./client/contract/contract.ts";
export type {
  CommonFunctionEntry,
  EntryFieldOf,
  EventEntries,
  EventEntry,
  FunctionEntries,
  FunctionEntry,
  ParameterEntries,
  ParameterEntry,
  ShortEntry,
  ValidEntries,
  ValidEntry,
} from "./client/contract/entries.ts";
export type {
  ContractCall,
  ContractHandlers,
  Device,
  EventIdOf,
  EventValueOf,
  FunctionIdOf,
  FunctionValueOf,
  HandlerArguments,
  OnlyResponseIdOf,
  ParametersOfEntry,
  PayloadOfEntry,
  RespondsOf,
  ResponseIdOf,
} from "./client/contract/types.ts";
export type { AnyCounterpart } from "./client/counterpart/any-counterpart.ts";
export type { MachineCallOptions } from "./client/counterpart/call-options.ts";
export type { Counterpart, MachineEventsOptions } from "./client/counterpart/counterpart.ts";
export type { CounterpartOptions } from "./client/counterpart/counterpart-options.ts";
export type { DeployedFlow } from "./client/counterpart/deploy-flows.ts";
export type { DeployFlowsOptions } from "./client/counterpart/deploy-flows-options.ts";
export type { FlowDocument, FlowDocumentOptions } from "./client/counterpart/flow-document.ts";
export type { MachineFlow } from "./client/counterpart/flows.ts";
export type {
  CallAnswer,
  CallArguments,
  CallResult,
  CallValueOf,
  LastValue,
  MachineEventInfo,
  ParameterValuesOf,
} from "./client/counterpart/types.ts";
export type { ValueStream } from "./client/counterpart/value-stream.ts";
export type { MsbEvent, PublishArguments, ValueAndOptions } from "./client/event.ts";
export type {
  FunctionCall,
  FunctionDefinition,
  FunctionHandler,
  HandlerResult,
  HandlerReturn,
  ParameterDefinitions,
  ParameterValues,
  ResponseEvents,
} from "./client/function.ts";
export type { AnyFunctionHandler, MsbFunction } from "./client/function-handle.ts";
export type { CallContext, Middleware, MiddlewareContext } from "./client/middleware.ts";
export type { PublishResult } from "./client/publication.ts";
export type { PublishContext } from "./client/publish-context.ts";
export type { PublishOptions } from "./client/publish-options.ts";
export type { MsbService } from "./client/service.ts";
export type { SettableClient } from "./client/settable-client.ts";
export type { StatesOptions } from "./client/states.ts";
export type { PriorityNumber } from "./core/codec/index.ts";
export { DataType, type DataTypeName } from "./core/data-format/data-type.ts";
export type {
  DataFormatDefinition,
  DataFormatJson,
  IsLiteral,
  Json,
  ParametersOf,
  PayloadOf,
  Schema as DataFormatSchema,
  StartsAsJson,
  ValidDataFormat,
  ValidDataFormats,
  ValueOf,
  ValueOfDataType,
} from "./core/data-format/index.ts";
export type { EventStore, StoreChange, StoredEvent, StoreKeys, StorePage } from "./core/event-cache/index.ts";
export type {
  EventDefinition,
  EventJson,
  EventReference,
  FunctionJson,
  Identity,
  ParameterJson,
  Priority,
  SelfDescriptionJson,
  ServiceType,
} from "./core/self-description/index.ts";
export { identityFromProperties, type PropertiesIdentity } from "./core/self-description/properties.ts";
export { isomorphicSocket, nodeSocket } from "./platform/index.ts";
export { ComplexDataFormat, contract, createUuid, MsbClient } from "./sdk.ts";
export type {
  BatchOptions,
  ClientStats,
  ConnectOptions,
  DisconnectOptions,
  RegisterOptions,
  SessionState,
  StartOptions,
  StateChange,
} from "./session/index.ts";
export { type BackoffOptions, exponentialBackoff, type RetryPolicy } from "./session/reconnecting/retry.ts";
export type {
  HttpResponse,
  NodeSocketOptions,
  Pem,
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
  type MsbErrorOptions,
  type MsbIssue,
  MsbRefusedError,
  MsbValueError,
} from "./support/errors.ts";
export type { Logger, LogLevel } from "./support/logger.ts";

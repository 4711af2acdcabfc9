export type { BatchOptions } from "./batch-schema.ts";
export type { Outbox } from "./delivery/outbox.ts";
export type { SessionDependencies } from "./dependencies.ts";
export {
  type ConnectOptions,
  type DisconnectOptions,
  type RegisterOptions,
  readConnectOptions,
  readDisconnectOptions,
  readSignalOption,
  type StartOptions,
} from "./options.ts";
export { browserNetworkHints, type NetworkHints } from "./reconnecting/network-hints.ts";
export { Session } from "./session.ts";
export { SESSION_OPTIONS } from "./settings.ts";
export type { SessionState, StateChange } from "./state.ts";
export type { ClientStats } from "./stats.ts";

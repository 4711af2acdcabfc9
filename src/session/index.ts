export type { ConnectOptions, DisconnectOptions, RegisterOptions } from "./options.ts";
export { type BackoffOptions, exponentialBackoff, type RetryPolicy } from "./retry.ts";
export { Session } from "./session.ts";
export type { SessionSettings } from "./settings.ts";
export type { SessionState, StateChange } from "./state.ts";
export { browserWakeUp, type WakeUp } from "./wake-up.ts";

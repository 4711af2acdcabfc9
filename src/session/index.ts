export type { ConnectOptions, DisconnectOptions, RegisterOptions } from "./options.ts";
export { type BackoffOptions, exponentialBackoff, type RetryPolicy } from "./reconnecting/retry.ts";
export { browserWakeUp, type WakeUp } from "./reconnecting/wake-up.ts";
export { Session } from "./session.ts";
export { SESSION_OPTIONS } from "./settings.ts";
export type { SessionState, StateChange } from "./state.ts";

export { type ConnectOptions, Session } from "./session.ts";
export type { SessionSettings } from "./settings.ts";
export type { SessionState, StateChange } from "./state.ts";

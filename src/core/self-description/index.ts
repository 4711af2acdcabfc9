export { checkParameter, type ParameterJson } from "./configuration.ts";
export { type CheckedEvent, checkEvent, type EventDefinition } from "./event.ts";
export { type CheckedFunction, checkFunction, checkHandler, type EventReference } from "./function.ts";
export { checkIdentity, type Identity, type ServiceType } from "./identity.ts";
export { checkPriority, type Priority, priorityNumber } from "./priority.ts";
export {
  type EventJson,
  type FunctionJson,
  SelfDescription,
  type SelfDescriptionJson,
} from "./self-description.ts";

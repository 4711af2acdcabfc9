export type { ParameterJson } from "./configuration.ts";
export { describeEvent, type EventDefinition, type EventDescription, subjectOf } from "./event.ts";
export { describeFunction, type EventReference, type FunctionDescription } from "./function.ts";
export { checkIdentity, type Identity, type ServiceType } from "./identity.ts";
export { type Priority, priorityNumber, prioritySchema } from "./priority.ts";
export {
  type EventJson,
  type FunctionJson,
  SelfDescription,
  type SelfDescriptionJson,
} from "./self-description.ts";

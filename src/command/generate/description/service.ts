import type { Json } from "../../../core/data-format/index.ts";
import type { MsbIssue } from "../../../support/errors.ts";
import type { Format, Payload } from "./formats.ts";

/** What a service is called that does not say what it is. */
export const NO_CLASS = "service";

/** What a self-description says of one service, as far as a contract can have it. */
export interface Service {
  readonly type: string;
  readonly uuid: string;
  readonly name: string;
  readonly description: string;
  readonly events: readonly ServiceEvent[];
  readonly functions: readonly ServiceFunction[];
  readonly parameters: readonly Parameter[];
}

interface Item {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** What a contract cannot say of it. The paths start at the item. */
  readonly notes: readonly MsbIssue[];
}

export interface ServiceEvent extends Item {
  readonly format: Format | undefined;
}

export interface ServiceFunction extends Item {
  readonly payload: Payload;
  /** The ids of events of this service. */
  readonly responds: readonly string[];
}

export interface Parameter {
  readonly name: string;
  /** The name of a simple type in `DataType`, such as `INT32`. */
  readonly type: string;
  readonly value: Json;
  readonly notes: readonly MsbIssue[];
}

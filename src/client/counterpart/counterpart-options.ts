import type { ServiceType } from "../../core/self-description/index.ts";
import {
  anyString,
  choice,
  findIssues,
  nonEmptyString,
  nullish,
  strictObject,
} from "../../core/validation/checks.ts";
import { throwIssues } from "../../core/validation/issues.ts";

/** Which machine it is. `null` is the same as leaving it out. */
export interface CounterpartOptions {
  /** The uuid of the machine. */
  readonly uuid: string;
  /** What the ids of its events and functions at this service begin with, and a dot. @default the uuid */
  readonly id?: string | null;
  /** Its name, for people. @default the id */
  readonly name?: string | null;
  /** What it registers as; only the flow documents of the MSB say it. @default "SmartObject" */
  readonly type?: ServiceType | null;
}

/** The same, with the defaults. */
export interface CounterpartNames {
  readonly uuid: string;
  readonly id: string;
  readonly name: string;
  readonly type: ServiceType;
}

const checkOptions = strictObject<CounterpartOptions>({
  uuid: nonEmptyString,
  id: nullish(nonEmptyString),
  name: nullish(anyString),
  type: nullish(choice<ServiceType>(["SmartObject", "Application", "Gateway"])),
});

/** @throws {MsbDefinitionError} listing every option that is wrong. */
export function readCounterpartOptions(options: unknown): CounterpartNames {
  throwIssues("counterpart()", findIssues(checkOptions, options));
  const { uuid, ...given } = options as CounterpartOptions;
  const id = given.id ?? uuid;
  return { uuid, id, name: given.name ?? id, type: given.type ?? "SmartObject" };
}

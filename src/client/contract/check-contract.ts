import { type DataTypeName, isDataFormatObject } from "../../core/data-format/index.ts";
import {
  type CheckedEvent,
  type CheckedFunction,
  checkEvent,
  checkFunction,
  checkParameter,
} from "../../core/self-description/index.ts";
import {
  anyObject,
  arrayOf,
  type Check,
  check,
  findIssues,
  optional,
  strictObject,
} from "../../core/validation/checks.ts";
import { mustBe } from "../../core/validation/describe-value.ts";
import { collectIssues, throwIssues } from "../../core/validation/issues.ts";
import { inside, memberOf } from "../../core/validation/path.ts";
import type { MsbIssue } from "../../support/errors.ts";
import { ignore } from "../../support/ignore.ts";
import { isRecord } from "../../support/is-record.ts";

/** A configuration parameter that was checked. */
interface CheckedParameter {
  readonly name: string;
  readonly value: unknown;
  readonly type: DataTypeName;
}

/** A contract that was checked. */
export interface CheckedContract {
  readonly events: readonly CheckedEvent[];
  readonly functions: readonly CheckedFunction[];
  readonly parameters: readonly CheckedParameter[];
}

type Group = Readonly<Record<string, unknown>>;

const EVENT_KEYS = ["name", "description", "dataFormat", "isArray", "priority"];
const FUNCTION_KEYS = ["name", "description", "dataFormat", "isArray", "parameters", "responds"];
const PARAMETER_KEYS = ["type", "value"];

const checkGroup = optional(anyObject);
const checkDefinition = strictObject({ events: checkGroup, functions: checkGroup, parameters: checkGroup });

/** @throws {import("../../support/errors.ts").MsbDefinitionError} if it is not an object of the three groups. */
export function checkGroups(definition: unknown): void {
  throwIssues("The contract", findIssues(checkDefinition, definition));
}

/** Makes the entries ready for use, and finds everything that is wrong with them. */
export function checkContract(contract: {
  readonly events: Group;
  readonly functions: Group;
  readonly parameters: Group;
}): { readonly checked: CheckedContract; readonly issues: readonly MsbIssue[] } {
  const issues: MsbIssue[] = [];
  const eventIds = Object.keys(contract.events);
  const checked = {
    events: readGroup("events", contract.events, issues, readEvent),
    functions: readGroup("functions", contract.functions, issues, (...entry) =>
      readFunction(eventIds, ...entry),
    ),
    parameters: readGroup("parameters", contract.parameters, issues, readParameter),
  };
  return { checked, issues };
}

/** @param read makes an entry ready, and adds what is wrong with it; paths start at the entry */
function readGroup<Checked>(
  group: string,
  entries: Group,
  issues: MsbIssue[],
  read: (id: string, entry: unknown, issues: MsbIssue[]) => Checked | undefined,
): Checked[] {
  return Object.entries(entries).flatMap(([id, entry]) => {
    const own: MsbIssue[] = [];
    const checked = read(id, entry, own);
    const place = memberOf(group, id);
    issues.push(...own.map(({ path, message }) => ({ path: inside(place, path), message })));
    return checked === undefined ? [] : [checked];
  });
}

function readEvent(eventId: string, entry: unknown, issues: MsbIssue[]): CheckedEvent | undefined {
  const fields = readFields(entry, EVENT_KEYS, issues);
  return collectIssues(issues, () => checkEvent({ ...fields, eventId }));
}

function readFunction(
  eventIds: readonly string[],
  functionId: string,
  entry: unknown,
  issues: MsbIssue[],
): CheckedFunction | undefined {
  const { responds, ...fields } = readFields(entry, FUNCTION_KEYS, issues);
  const responseEventIds = readResponds(responds, eventIds, issues);
  const checked = collectIssues(issues, () =>
    // The handler comes with implement().
    checkFunction({ ...fields, functionId, handler: ignore }, () => true),
  );
  return checked && { ...checked, responseEventIds };
}

function readResponds(responds: unknown, eventIds: readonly string[], issues: MsbIssue[]): readonly string[] {
  if (responds === undefined || responds === null) {
    return [];
  }
  const known = eventIds.map((id) => JSON.stringify(id)).join(", ");
  const isEvent: Check<string> = check(
    (eventId) => typeof eventId === "string" && eventIds.includes(eventId),
    eventIds.length === 0 ? "an event of this contract, which has none" : `one of its events ${known}`,
  );
  const checkResponds = Array.isArray(responds) ? arrayOf(isEvent) : isEvent;
  checkResponds(responds, "responds", issues);
  const ids = (Array.isArray(responds) ? responds : [responds]) as readonly string[];
  if (new Set(ids).size < ids.length) {
    issues.push({ path: "responds", message: "names an event twice" });
  }
  return ids;
}

function readParameter(name: string, entry: unknown, issues: MsbIssue[]): CheckedParameter | undefined {
  if (!isRecord(entry)) {
    issues.push({ path: "", message: mustBe("an object { type, value }", entry) });
    return undefined;
  }
  const { value, type } = readKnown(entry, PARAMETER_KEYS, issues);
  collectIssues(issues, () => checkParameter(name, value, type));
  return { name, value, type: type as DataTypeName };
}

/** The fields of an entry, or those that its data format stands for. */
function readFields(entry: unknown, keys: readonly string[], issues: MsbIssue[]): Record<string, unknown> {
  return isRecord(entry) && !isDataFormatObject(entry)
    ? readKnown(entry, keys, issues)
    : { dataFormat: entry };
}

function readKnown(
  entry: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  issues: MsbIssue[],
): Record<string, unknown> {
  for (const key of Object.keys(entry)) {
    if (!keys.includes(key)) {
      issues.push({ path: key, message: `is not known here; the known ones are ${keys.join(", ")}` });
    }
  }
  return Object.fromEntries(keys.flatMap((key) => (key in entry ? [[key, entry[key]]] : [])));
}

import {
  anyObject,
  anyString,
  arrayOf,
  type Check,
  findIssues,
  nonEmptyString,
  nullish,
} from "../../../core/validation/checks.ts";
import { formatPath, memberOf } from "../../../core/validation/path.ts";
import { MsbDefinitionError, type MsbIssue } from "../../../support/errors.ts";
import { isRecord } from "../../../support/is-record.ts";
import { type Format, Pool, readFormat } from "./formats.ts";
import { readParameter } from "./parameters.ts";
import { NO_CLASS, type Service, type ServiceEvent, type ServiceFunction } from "./service.ts";

/** An object with these keys, and maybe others. */
function openObject(checks: Readonly<Record<string, Check>>): Check {
  return (value, path, issues) => {
    anyObject(value, path, issues);
    if (isRecord(value)) {
      for (const [key, check] of Object.entries(checks)) {
        check(value[key], memberOf(path, key), issues);
      }
    }
  };
}

const checkEvent = openObject({
  eventId: nonEmptyString,
  name: nullish(anyString),
  description: nullish(anyString),
});
const checkFunction = openObject({
  functionId: nonEmptyString,
  name: nullish(anyString),
  description: nullish(anyString),
  responseEvents: nullish(arrayOf(() => {})),
});
const checkService: Check = openObject({
  name: nonEmptyString,
  description: nullish(anyString),
  events: nullish(arrayOf(checkEvent)),
  functions: nullish(arrayOf(checkFunction)),
  configuration: nullish(openObject({ parameters: nullish(anyObject) })),
  services: nullish(arrayOf((service, path, issues) => checkService(service, path, issues))),
});

type Described = Readonly<Record<string, unknown>>;

/**
 * Reads a self-description: the service, and those behind it if it is a gateway.
 * @throws {MsbDefinitionError} listing what makes it none
 */
export function readSelfDescription(value: unknown): Service[] {
  const issues = findIssues(checkService, value);
  if (issues.length === 0) {
    issues.push(...findDoubles(value as Described, ""), ...findEndless(value, ""));
  }
  if (issues.length > 0) {
    throw new MsbDefinitionError("The self-description", issues);
  }
  const all = collect(value as Described);
  const pool = new Pool();
  for (const service of all) {
    for (const { dataFormat } of [...items(service, "events"), ...items(service, "functions")]) {
      pool.add(dataFormat);
    }
  }
  const eventsById = new Map(
    all.flatMap((service) =>
      items(service, "events").map((event) => [event["@id"], { service, id: String(event["eventId"]) }]),
    ),
  );
  return all.map((service) => readService(service, pool, eventsById));
}

function collect(service: Described): Described[] {
  return [service, ...items(service, "services").flatMap(collect)];
}

function items(service: Described, key: string): Described[] {
  return Array.isArray(service[key]) ? service[key] : [];
}

function findDoubles(service: Described, path: string): MsbIssue[] {
  const doubles = ([group, key]: readonly [string, string]): MsbIssue[] => {
    const ids = items(service, group).map((item) => String(item[key]));
    return ids.flatMap((id, index) =>
      ids.indexOf(id) === index
        ? []
        : [{ path: formatPath(path, [group, index, key]), message: `${JSON.stringify(id)} occurs twice` }],
    );
  };
  return [
    ...doubles(["events", "eventId"]),
    ...doubles(["functions", "functionId"]),
    ...items(service, "services").flatMap((each, index) =>
      findDoubles(each, formatPath(path, ["services", index])),
    ),
  ];
}

/** JSON can write numbers that become infinite when they are read. */
function findEndless(value: unknown, path: string): MsbIssue[] {
  if (typeof value === "number" && !Number.isFinite(value)) {
    return [{ path, message: "is a number that is too large" }];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => findEndless(item, `${path}[${index}]`));
  }
  return isRecord(value)
    ? Object.entries(value).flatMap(([key, member]) => findEndless(member, memberOf(path, key)))
    : [];
}

type EventsById = ReadonlyMap<unknown, { readonly service: Described; readonly id: string }>;

function readService(service: Described, pool: Pool, eventsById: EventsById): Service {
  const parameters = isRecord(service["configuration"]) ? service["configuration"]["parameters"] : undefined;
  return {
    type: String(service["@class"] ?? NO_CLASS),
    uuid: String(service["uuid"] ?? ""),
    name: String(service["name"]),
    description: String(service["description"] ?? ""),
    events: items(service, "events").map((event) => readEvent(event, pool)),
    functions: items(service, "functions").map((each) => readFunction(each, service, pool, eventsById)),
    parameters: Object.entries(isRecord(parameters) ? parameters : {})
      .filter(([name]) => name.trim() !== "")
      .map(([name, parameter]) => readParameter(name, parameter)),
  };
}

function readCommon(item: Described, id: string) {
  return { id, name: String(item["name"] ?? id), description: String(item["description"] ?? "") };
}

function readEvent(event: Described, pool: Pool): ServiceEvent {
  const notes: MsbIssue[] = [];
  const payload = readFormat(event["dataFormat"], pool, notes);
  let format: Format | undefined;
  if (payload.kind === "payload") {
    format = payload.format;
  } else if (payload.kind === "parameters") {
    notes.push({ path: "dataFormat", message: 'has no "dataObject": taken as any value' });
    format = { root: {}, definitions: {} };
  }
  return { ...readCommon(event, String(event["eventId"])), format, notes };
}

function readFunction(
  described: Described,
  service: Described,
  pool: Pool,
  eventsById: EventsById,
): ServiceFunction {
  const notes: MsbIssue[] = [];
  const payload = readFormat(described["dataFormat"], pool, notes);
  const own = new Map(items(service, "events").map((event) => [event["@id"], String(event["eventId"])]));
  const responds = new Set<string>();
  for (const [index, reference] of items(described, "responseEvents").entries()) {
    const id = typeof reference === "number" ? own.get(reference) : undefined;
    if (id !== undefined) {
      responds.add(id);
    } else {
      const other = eventsById.get(reference);
      const message =
        other === undefined
          ? `no event has the @id ${JSON.stringify(reference)}: left out`
          : `is the event ${JSON.stringify(other.id)} of another service: left out`;
      notes.push({ path: `responseEvents[${index}]`, message });
    }
  }
  return {
    ...readCommon(described, String(described["functionId"])),
    payload,
    responds: [...responds],
    notes,
  };
}

import type { MsbIssue } from "../../../support/errors.ts";
import { isRecord } from "../../../support/is-record.ts";
import { MAX_READS } from "../../support/limits.ts";
import type { FlowSource } from "../flow.ts";
import type { Mapping, MappingSource } from "../mapping.ts";
import { replacePointers } from "../template.ts";
import type { JsonObject } from "./document-kinds.ts";

/** Each pointer of a template is looked for among the sources of its rule. */
const MAX_SOURCES = 100;

/** A `source` of a rule: a path into an event, and which of the flow's events that is; `undefined` if it is not said. */
interface RuleSource {
  readonly path: string;
  readonly event: number | undefined;
}

/** The mapping of a processor of a flow document; `undefined` if it has none. */
export function readDocumentMapping(
  processor: JsonObject,
  events: readonly FlowSource[],
  path: string,
  issues: MsbIssue[],
): Mapping | undefined {
  const pattern = processor["pattern"];
  const rules = isRecord(pattern) ? pattern["mapping"] : undefined;
  if (!Array.isArray(rules) || rules.length === 0) {
    return undefined;
  }
  return Object.fromEntries(
    rules.filter(isRecord).map((rule, index): [string, MappingSource] => {
      const place = `${path}.pattern.mapping[${index}]`;
      const target = isRecord(rule["target"]) ? rule["target"] : {};
      const sources = readSources(rule["source"], events, `${place}.source`, issues);
      return [String(target["path"] ?? ""), readRule(target["template"], sources, events.length)];
    }),
  );
}

function readSources(
  value: unknown,
  events: readonly FlowSource[],
  place: string,
  issues: MsbIssue[],
): RuleSource[] {
  const entries: unknown[] = Array.isArray(value) ? value : [value];
  if (entries.length > MAX_SOURCES) {
    issues.push({ path: place, message: `must have at most ${MAX_SOURCES} items, not ${entries.length}` });
    return [];
  }
  return entries.filter(isRecord).map((source, index) => {
    const path = String(source["path"] ?? "/dataObject");
    const named = source["uniqueEventId"];
    if (!isRecord(named)) {
      return { path, event: undefined };
    }
    const { serviceUuid, eventId } = named;
    const event = events.findIndex((each) => each.uuid === serviceUuid && each.eventId === eventId);
    if (event === -1) {
      const message = `is ${JSON.stringify({ serviceUuid, eventId })}, which is not an event that the processor starts from`;
      issues.push({ path: `${place}[${index}].uniqueEventId`, message });
      return { path, event: undefined };
    }
    return { path, event };
  });
}

function readRule(template: unknown, sources: readonly RuleSource[], events: number): MappingSource {
  const locate = (pointer: string, event: number | undefined) => {
    // A position that is written out leads, too.
    const isLocated = event === undefined && /^\/\d/.test(pointer);
    return events > 1 && !isLocated ? `/${event ?? 0}${pointer}` : pointer;
  };
  if (typeof template !== "string" || template === "") {
    const [first] = sources;
    return { source: locate(first?.path ?? "/dataObject", first?.event) };
  }
  const eventOf = eventFinder(sources);
  return { template: replacePointers(template, (pointer) => locate(pointer, eventOf(pointer))) };
}

/**
 * Finds the event that a pointer of a template speaks of: the one of the source with this path, or above it. Sources with the
 * same path are taken in turn. Without such a source it is the one of the first.
 */
function eventFinder(sources: readonly RuleSource[]): (pointer: string) => number | undefined {
  const fitting = new Map<string, RuleSource[]>();
  return (pointer) => {
    if (fitting.size > MAX_READS) {
      // Such a mapping is refused when it is compiled.
      return undefined;
    }
    const inTurn =
      fitting.get(pointer) ??
      sources.filter(({ path }) => pointer.startsWith(path) && (pointer[path.length] ?? "/") === "/");
    fitting.set(pointer, inTurn.length > 1 ? inTurn.slice(1) : inTurn);
    return (inTurn[0] ?? sources[0])?.event;
  };
}

import { MsbDefinitionError, type MsbIssue } from "../../errors.ts";
import type { FlowSource, FlowTarget } from "./flow.ts";
import type { Mapping, MappingSource } from "./mapping.ts";
import { isObject, type JsonObject, References } from "./references.ts";
import { replacePointers } from "./template.ts";

/** Whether it is a flow document of the MSB, and not a simple flow. */
export function isFlowDocument(value: unknown): value is JsonObject {
  return isObject(value) && "transitions" in value;
}

/**
 * Reads the flows out of a flow document (`docs/protocol.md`, section 8): one for each processor that ends in a function
 * call. A processor that takes the output of another one (the "and" of the MSB) starts from the events of both.
 * @throws {MsbDefinitionError} naming everything that is missing.
 */
export function readFlowDocument(document: JsonObject): object[] {
  const references = new References(document);
  const issues: MsbIssue[] = [];
  const flows = references
    .list(document["transitions"], "transition")
    .flatMap((transition, index) => readTransition(transition, `transitions[${index}]`, references, issues));
  if (flows.length === 0 && issues.length === 0) {
    issues.push({ path: "transitions", message: "none of them leads from an event to a function" });
  }
  if (issues.length > 0) {
    throw new MsbDefinitionError("The flow document cannot be used", issues);
  }
  return flows;
}

function readTransition(
  transition: JsonObject,
  path: string,
  references: References,
  issues: MsbIssue[],
): object[] {
  const inputs = references.list(transition["inputs"], "input");
  const processors = new Set([
    ...references.list(transition["processors"], "processor"),
    ...inputs.flatMap((input) => references.list(input["processors"], "processor")),
  ]);
  const outputOf = (processor: JsonObject) => references.one(processor["output"], "output");

  /** The events behind an input: its own, or those of the processor that it is the output of. */
  const sourcesOf = (input: JsonObject, visited: ReadonlySet<JsonObject>): FlowSource[] => {
    const event = references.one(input["transitionInput"], "event");
    if (event !== undefined) {
      return [readSource(event, path, references, issues)];
    }
    const before = [...processors].find((processor) => outputOf(processor)?.["@id"] === input["@id"]);
    return before === undefined || visited.has(before) ? [] : sourcesBefore(before, visited);
  };
  const sourcesBefore = (processor: JsonObject, visited: ReadonlySet<JsonObject>): FlowSource[] => {
    const now = new Set([...visited, processor]);
    const own = references
      .list(processor["inputs"], "input", "output")
      .flatMap((input) => sourcesOf(input, now));
    return uniqueSources(own);
  };

  return [...processors].flatMap((processor) => {
    const call = references.one(outputOf(processor)?.["transitionOutput"], "functionCall");
    if (call === undefined) {
      return [];
    }
    const sources = sourcesBefore(processor, new Set());
    if (sources.length === 0) {
      issues.push({ path, message: `the processor ${String(processor["@id"])} has no event as its input` });
      return [];
    }
    const to = readTarget(call, path, references, issues);
    const mapping = readMapping(processor, sources.length);
    const [first] = sources;
    return [{ from: sources.length === 1 ? first : sources, to, ...(mapping && { mapping }) }];
  });
}

function readSource(event: JsonObject, path: string, references: References, issues: MsbIssue[]): FlowSource {
  const uuid = uuidOf(references.one(event["service"], "service"));
  const eventId = event["eventId"];
  if (typeof eventId !== "string" || uuid === undefined) {
    issues.push({ path, message: "an input lacks its eventId, or the uUID of its service" });
    return { uuid: "", eventId: "" };
  }
  return { uuid, eventId };
}

function readTarget(call: JsonObject, path: string, references: References, issues: MsbIssue[]): FlowTarget {
  const endpoint = references.one(call["serviceEndpoint"], "endpoint");
  const uuid = uuidOf(references.one(endpoint?.["service"] ?? call["service"], "service"));
  const functionId = call["functionId"];
  if (typeof functionId !== "string" || uuid === undefined) {
    issues.push({ path, message: "an output lacks its functionId, or the uUID of its service" });
    return { uuid: "", functionId: "" };
  }
  return { uuid, functionId };
}

function uuidOf(service: JsonObject | undefined): string | undefined {
  const uuid = service?.["uUID"] ?? service?.["uuid"];
  return typeof uuid === "string" ? uuid : undefined;
}

function readMapping(processor: JsonObject, events: number): Mapping | undefined {
  const pattern = processor["pattern"];
  const rules = isObject(pattern) ? pattern["mapping"] : undefined;
  if (!Array.isArray(rules) || rules.length === 0) {
    return undefined;
  }
  return Object.fromEntries(
    rules.filter(isObject).map((rule): [string, MappingSource] => {
      const target = isObject(rule["target"]) ? rule["target"] : {};
      const source: unknown = Array.isArray(rule["source"]) ? rule["source"][0] : rule["source"];
      return [String(target["path"] ?? ""), readRule(target, isObject(source) ? source : {}, events)];
    }),
  );
}

/** A document does not say which event a path belongs to: where there are several, it is the first, or a position leads. */
function readRule(target: JsonObject, source: JsonObject, events: number): MappingSource {
  const locate = (pointer: string) => (events > 1 && !/^\/\d/.test(pointer) ? `/0${pointer}` : pointer);
  const template = target["template"];
  if (typeof template === "string" && template !== "") {
    return { template: replacePointers(template, locate) };
  }
  return { source: locate(String(source["path"] ?? "/dataObject")) };
}

function uniqueSources(sources: readonly FlowSource[]): FlowSource[] {
  const byKey = new Map(sources.map((source) => [JSON.stringify([source.uuid, source.eventId]), source]));
  return [...byKey.values()];
}

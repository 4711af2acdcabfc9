import { MsbDefinitionError, type MsbIssue } from "../../../support/errors.ts";
import { isRecord } from "../../../support/is-record.ts";
import { boundIssues } from "../../support/issues.ts";
import type { FlowSource, FlowTarget } from "../flow.ts";
import type { FoundObject, JsonObject } from "./document-kinds.ts";
import { readDocumentMapping } from "./document-mapping.ts";
import { References } from "./references.ts";

/** More than any flow that a person drew; the time to follow their chains grows with the square. */
const MAX_PROCESSORS = 1_000;

/** Whether it is a flow document of the MSB, and not a simple flow. */
export function isFlowDocument(value: unknown): value is JsonObject {
  return isRecord(value) && "transitions" in value;
}

/**
 * Reads the flows out of a flow document (`docs/reference/protocol.md#flow-documents`): one for each processor that ends in a function
 * call. A processor that takes the output of another one (the "and" of the MSB) starts from the events of both. What follows
 * on a response event is a flow that starts from it.
 * @throws {MsbDefinitionError} naming everything that is missing.
 */
export function readFlowDocument(document: JsonObject): object[] {
  const { transitions } = document;
  const references = new References({
    ...document,
    transitions: Array.isArray(transitions) ? transitions : [],
  });
  const processors = references.all("processor");
  const { issues } = references;
  if (processors.length > MAX_PROCESSORS) {
    const message = `must have at most ${MAX_PROCESSORS} processors, not ${processors.length}`;
    issues.push({ path: "", message });
  }
  const flows = issues.length === 0 ? new Reader(references, issues).read(processors) : [];
  if (flows.length === 0 && issues.length === 0) {
    issues.push({ path: "transitions", message: "none of them leads from an event to a function" });
  }
  if (issues.length > 0) {
    throw new MsbDefinitionError("The flow document cannot be used", boundIssues(issues));
  }
  return flows;
}

/** Reads a document whose references are right. */
class Reader {
  readonly #references: References;
  readonly #issues: MsbIssue[];
  /** By their outputs, and the `@id`s of these. */
  readonly #producers = new Map<unknown, JsonObject>();

  constructor(references: References, issues: MsbIssue[]) {
    this.#references = references;
    this.#issues = issues;
    for (const { object: processor } of references.all("processor")) {
      const output = references.one(processor, "output");
      this.#producers.set(output, processor);
      this.#producers.set(output?.["@id"], processor);
    }
    this.#producers.delete(undefined);
  }

  read(processors: readonly FoundObject[]): object[] {
    return processors.flatMap(({ object: processor, path }) => {
      const references = this.#references;
      const call = references.one(references.one(processor, "output"), "transitionOutput");
      if (call === undefined) {
        return [];
      }
      const sources = unique(this.#eventsBefore(processor).map((event) => this.#readSource(event, path)));
      if (sources.length === 0) {
        const message = `the processor ${String(processor["@id"])} has no event as its input`;
        this.#issues.push({ path, message });
        return [];
      }
      const to = this.#readTarget(call, path);
      const mapping = readDocumentMapping(processor, sources, path, this.#issues);
      return [{ from: sources.length === 1 ? sources[0] : sources, to, ...(mapping && { mapping }) }];
    });
  }

  /** The events behind a processor: those of its inputs, and of the processors whose outputs it takes. */
  #eventsBefore(processor: JsonObject, visited = new Set<JsonObject>()): JsonObject[] {
    if (visited.has(processor)) {
      return [];
    }
    visited.add(processor);
    return this.#references.list(processor, "inputs").flatMap((input) => {
      const event = this.#references.one(input, "transitionInput");
      if (event !== undefined) {
        return [event];
      }
      const before = this.#producers.get(input) ?? this.#producers.get(input["@id"]);
      return before === undefined ? [] : this.#eventsBefore(before, visited);
    });
  }

  #readSource(event: JsonObject, path: string): FlowSource {
    const uuid = uuidOf(this.#references.one(event, "service"));
    const eventId = event["eventId"];
    if (typeof eventId !== "string" || uuid === undefined) {
      this.#issues.push({ path, message: "an input lacks its eventId, or the uUID of its service" });
      return { uuid: "", eventId: "" };
    }
    return { uuid, eventId };
  }

  #readTarget(call: JsonObject, path: string): FlowTarget {
    const endpoint = this.#references.one(call, "serviceEndpoint");
    const uuid = uuidOf(this.#references.one(endpoint, "service") ?? this.#references.one(call, "service"));
    const functionId = call["functionId"];
    if (typeof functionId !== "string" || uuid === undefined) {
      this.#issues.push({ path, message: "an output lacks its functionId, or the uUID of its service" });
      return { uuid: "", functionId: "" };
    }
    return { uuid, functionId };
  }
}

function uuidOf(service: JsonObject | undefined): string | undefined {
  const uuid = service?.["uUID"] ?? service?.["uuid"];
  return typeof uuid === "string" ? uuid : undefined;
}

function unique(sources: readonly FlowSource[]): FlowSource[] {
  const byKey = new Map(sources.map((source) => [JSON.stringify([source.uuid, source.eventId]), source]));
  return [...byKey.values()];
}

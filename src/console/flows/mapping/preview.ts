import { compileMapping, type Mapping, type MappingSource } from "../../../broker/flows/mapping.ts";
import { isRecord } from "../../../support/is-record.ts";
import { describeProblem } from "../../data/api.ts";

/** An event that has happened. */
export interface SampleEvent {
  /** Its members, as pointers find them: `dataObject`, `uuid`, … */
  readonly members: Readonly<Record<string, unknown>>;
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
}

export interface Preview {
  /** `undefined` if the event has nothing there. */
  readonly value?: unknown;
  readonly problem?: string;
}

/** What the function would get of an event. */
export function previewMapping(mapping: Mapping | undefined, sample: SampleEvent): Preview {
  const { dataObject } = sample.members;
  if (mapping === undefined) {
    return { value: dataObject === undefined || dataObject === null ? {} : { dataObject } };
  }
  try {
    const json = compileMapping(mapping, 1, [])([{ read: (path) => readSample(sample, path) }]);
    return json === undefined ? {} : { value: JSON.parse(json) };
  } catch (error) {
    return { problem: describeProblem(error) };
  }
}

/** What one source gives of an event. */
export function previewSource(source: MappingSource, sample: SampleEvent): Preview {
  const { value, problem } = previewMapping({ "/value": source }, sample);
  return problem === undefined ? { value: isRecord(value) ? value["value"] : undefined } : { problem };
}

function readSample({ members }: SampleEvent, path: readonly string[]): string | undefined {
  let found: unknown = members;
  for (const name of path) {
    found =
      typeof found === "object" && found !== null && Object.hasOwn(found, name)
        ? Reflect.get(found, name)
        : undefined;
  }
  return JSON.stringify(found);
}

import { compileMapping, type Mapping } from "../../broker/flows/mapping.ts";
import type { MsbIssue } from "../../support/errors.ts";
import { isRecord } from "../../support/is-record.ts";
import { describeProblem } from "../data/api.ts";
import { parseJson } from "../data/json.ts";
import { exampleOf, hasNamedParameters } from "../format/example.ts";

/** What is wrong with a mapping that is being typed, by the broker's own check; `undefined` for nothing. */
export function checkMappingText(json: string): string | undefined {
  if (json.trim() === "") {
    return undefined;
  }
  try {
    const mapping = parseJson(json, "The mapping");
    if (!isRecord(mapping)) {
      return 'It must be an object such as { "/dataObject": "/dataObject/value" }.';
    }
    const issues: MsbIssue[] = [];
    compileMapping(mapping as Mapping, 1, issues);
    return issues.length === 0
      ? undefined
      : issues.map(({ path, message }) => `${path}: ${message}`).join("; ");
  } catch (error) {
    return describeProblem(error);
  }
}

/** A mapping to begin with: every place of the function, from the place of the same name if the event has one. */
export function suggestMapping(eventFormat: unknown, functionFormat: unknown): string {
  const given = placesOf({ dataObject: exampleOf(eventFormat) });
  const wanted = exampleOf(functionFormat);
  const places = placesOf(hasNamedParameters(functionFormat) ? wanted : { dataObject: wanted });
  const sameName = (place: string) =>
    given.find((each) => each.split("/").at(-1) === place.split("/").at(-1));
  const entries = places.map((place) => [place, sameName(place) ?? given[0] ?? "/eventId"]);
  return JSON.stringify(Object.fromEntries(entries), null, 2);
}

/** JSON pointers to everything in a value that is not an object. */
function placesOf(value: unknown, path = ""): string[] {
  if (!isRecord(value) || Object.keys(value).length === 0) {
    return value === undefined ? [] : [path];
  }
  return Object.entries(value).flatMap(([name, part]) =>
    placesOf(part, `${path}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`),
  );
}

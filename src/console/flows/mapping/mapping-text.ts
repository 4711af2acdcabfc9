import { applyEdits, modify } from "jsonc-parser";
import { compileMapping, type Mapping, type MappingSource } from "../../../broker/flows/mapping.ts";
import type { MsbIssue } from "../../../support/errors.ts";
import { isRecord } from "../../../support/is-record.ts";
import { describeProblem } from "../../data/api.ts";
import { parseJson } from "../../data/json.ts";

/** What a person has typed as a mapping. */
export interface ReadMapping {
  /** `undefined` for none, which is a mapping, too: the whole value. */
  readonly mapping?: Mapping;
  /** What is wrong with it; then nothing else is known. */
  readonly problem?: string;
}

/** A mapping that is being typed, as the broker's own check reads it. */
export function readMappingText(json: string): ReadMapping {
  if (json.trim() === "") {
    return {};
  }
  try {
    const mapping = parseJson(json, "The mapping");
    if (!isRecord(mapping)) {
      return { problem: 'It must be an object such as { "/dataObject": "/dataObject/value" }.' };
    }
    const issues: MsbIssue[] = [];
    compileMapping(mapping as Mapping, 1, issues);
    return issues.length === 0
      ? { mapping: mapping as Mapping }
      : { problem: issues.map(({ path, message }) => `${path}: ${message}`).join("; ") };
  } catch (error) {
    return { problem: describeProblem(error) };
  }
}

export function writeMapping(mapping: Mapping | undefined): string {
  return mapping === undefined ? "" : JSON.stringify(mapping, null, 2);
}

/**
 * The same JSON with another source for one place, `undefined` to leave it out. All else stays as it was typed, every digit of
 * it, but what is above the place or below it: that would be a second value for the same place.
 */
export function changeSource(json: string, pointer: string, source: MappingSource | undefined): string {
  const before = json.trim() === "" ? "{}" : json;
  const rivals = Object.keys(JSON.parse(before)).filter(
    (target) => target.startsWith(`${pointer}/`) || pointer.startsWith(`${target}/`),
  );
  const cleared = source === undefined ? before : rivals.reduce((text, rival) => change(text, rival), before);
  return change(cleared, pointer, source);
}

function change(json: string, pointer: string, source?: MappingSource): string {
  const formattingOptions = { tabSize: 2, insertSpaces: true, eol: "\n" };
  return applyEdits(json, modify(json, [pointer], source, { formattingOptions }));
}

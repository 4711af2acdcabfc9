import { pointerSegments } from "@hyperjump/json-pointer";
import { mustBe } from "../../core/validation/describe-value.ts";
import { describeError, type MsbIssue } from "../../support/errors.ts";
import { MAX_PARAMETERS_SIZE, MAX_READS } from "../support/limits.ts";
import { EVENT_KEYS } from "./flow-event.ts";
import { type EventReader, readPointer } from "./pointer.ts";
import { compileTemplate } from "./template.ts";

/**
 * Where the value of one place comes from:
 * - a JSON pointer into the event, `"/dataObject/x"`, or `{ source: "/dataObject/x" }`;
 * - a constant, `{ value: 5 }`;
 * - a template, `{ template: "${/dataObject/name} is ${/dataObject/state}" }`. One that is a single `${pointer}` keeps the
 *   type of the value.
 *
 * The event has the properties `dataObject`, `uuid`, `eventId`, `priority`, `postDate` and `correlationId`. In a flow from
 * several events pointers start with the position of the event in `from`: `/0/dataObject/x`, `/1/dataObject`.
 */
export type MappingSource =
  | string
  | { readonly source: string }
  | { readonly value: unknown }
  | { readonly template: string };

/**
 * JSON pointers into the `functionParameters` of the call, and where their values come from. Objects on the way are made;
 * names `0`, `1`, … without a gap become an array. A place whose source is missing is left out.
 */
export type Mapping = Readonly<Record<string, MappingSource>>;

/** A place in what is built: either a value, or places below it. */
interface Place {
  read?: EventReader;
  readonly below: Map<string, Place>;
}

/**
 * Compiles a mapping.
 * @param events how many events the flow starts from.
 * @param issues gets everything that is wrong with it.
 */
export function compileMapping(mapping: Mapping, events: number, issues: MsbIssue[]): EventReader {
  const root: Place = { below: new Map() };
  let reads = 0;
  for (const [target, source] of Object.entries(mapping)) {
    const path = `mapping[${JSON.stringify(target)}]`;
    try {
      const read = compileSource(source, (pointer) => {
        reads += 1;
        if (reads > MAX_READS) {
          throw new Error(`the mapping reads more than ${MAX_READS} places`);
        }
        return compileEventPointer(pointer, events);
      });
      const place = findPlace(root, target);
      if (place.read !== undefined || place.below.size > 0) {
        throw new Error("another target is at the same place, or below it");
      }
      place.read = read;
    } catch (error) {
      issues.push({ path, message: describeError(error) });
    }
    if (reads > MAX_READS) {
      break;
    }
  }
  return compilePlace(root);
}

function findPlace(root: Place, target: string): Place {
  let place = root;
  for (const segment of pointerSegments(target)) {
    if (place.read !== undefined) {
      throw new Error("another target is above it");
    }
    let next = place.below.get(segment);
    if (next === undefined) {
      next = { below: new Map() };
      place.below.set(segment, next);
    }
    place = next;
  }
  return place;
}

function compileSource(source: MappingSource, compile: (pointer: string) => EventReader): EventReader {
  if (typeof source === "string") {
    return compile(source);
  }
  if (typeof source === "object" && source !== null) {
    if ("source" in source && typeof source.source === "string") {
      return compile(source.source);
    }
    if ("template" in source && typeof source.template === "string") {
      return compileTemplate(source.template, compile);
    }
    if ("value" in source) {
      const json = JSON.stringify(source.value);
      return () => json;
    }
  }
  throw new Error(mustBe("a JSON pointer, or { source }, { value } or { template }", source));
}

/** A pointer that can never find anything is a mistake, which is said when the flow is made. */
function compileEventPointer(pointer: string, events: number): EventReader {
  const path = readPointer(pointer);
  const position = events > 1 ? path.shift() : "0";
  if (position === undefined || !/^\d+$/.test(position) || Number(position) >= events) {
    throw new Error(
      `${JSON.stringify(pointer)} must start with the position of an event: /0/dataObject to /${events - 1}/dataObject`,
    );
  }
  const [key] = path;
  if (key !== undefined && !EVENT_KEYS.some((known) => known === key)) {
    throw new Error(`${JSON.stringify(pointer)} leads nowhere; an event has ${EVENT_KEYS.join(", ")}`);
  }
  const index = Number(position);
  return (all) => all[index]?.read(path);
}

function compilePlace({ read, below }: Place): EventReader {
  if (read !== undefined) {
    return read;
  }
  const places = [...below].map(([name, place]) => [name, compilePlace(place)] as const);
  const isArray = places.length > 0 && places.every((_, index) => below.has(String(index)));
  if (isArray) {
    const items = places.map((_, index) => compilePlace(below.get(String(index)) ?? { below: new Map() }));
    return (events) => `[${joinBounded(items, (item) => item(events) ?? "null")}]`;
  }
  return (events) => {
    const members = joinBounded(places, ([name, readPlace]) => {
      const json = readPlace(events);
      return json === undefined ? undefined : `${JSON.stringify(name)}:${json}`;
    });
    return `{${members}}`;
  };
}

/** A mapping can read the same large value a thousand times: it ends before that is a string. */
function joinBounded<T>(parts: readonly T[], write: (part: T) => string | undefined): string {
  const written: string[] = [];
  let size = 0;
  for (const part of parts) {
    const json = write(part);
    if (json !== undefined) {
      written.push(json);
      size += json.length + 1;
    }
    if (size > MAX_PARAMETERS_SIZE) {
      throw new Error(`the mapping makes more than ${MAX_PARAMETERS_SIZE} characters`);
    }
  }
  return written.join();
}

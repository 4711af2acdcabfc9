import { pointerSegments } from "@hyperjump/json-pointer";
import type { Mapping, MappingSource } from "../../../broker/flows/mapping.ts";
import { asFormat } from "../../format/schema.ts";
import { type Fit, fitTypes, type Level } from "./fit.ts";
import { misfitOf } from "./fit-value.ts";
import { findInEvent, MAX_PLACES, type Place, placesOfFunction } from "./places.ts";
import type { Typed } from "./typed.ts";

/** One place of a function, and what a mapping says about it. */
export interface Row {
  readonly pointer: string;
  /** `undefined` for one that the function does not have, and the mapping names. */
  readonly place: Place | undefined;
  /** `undefined` if the mapping does not name it. */
  readonly source: MappingSource | undefined;
  /** Its value comes with what is above it, or of what is below it. */
  readonly comesWith: "above" | "below" | undefined;
  readonly level: Level;
  /** What is wrong with it; empty for nothing. */
  readonly words: string;
}

export interface Assessment {
  readonly rows: readonly Row[];
  /** What would make each call, or some, fail: the flow is not added with them by mistake. */
  readonly problems: readonly string[];
}

/** Without a mapping the event's value is the parameter `dataObject`. */
export const WHOLE: Mapping = { "/dataObject": "/dataObject" };

const isBelow = (pointer: string, above: string) => pointer.startsWith(`${above}/`);

/** Compares what a mapping gives with what the function needs. */
export function assess(
  mapping: Mapping | undefined,
  eventFormat: unknown,
  functionFormat: unknown,
): Assessment {
  const places = placesOfFunction(functionFormat);
  const given = mapping ?? (asFormat(functionFormat) === undefined ? {} : WHOLE);
  const targets = Object.keys(given);
  const known = new Set(places.map(({ pointer }) => pointer));
  const rows = places.map((place): Row => {
    const { pointer } = place;
    const source = Object.hasOwn(given, pointer) ? given[pointer] : undefined;
    const isAbove = targets.some((target) => isBelow(pointer, target));
    const isPartly = targets.some((target) => isBelow(target, pointer));
    const comesWith = isAbove ? "above" : isPartly ? "below" : undefined;
    const fit =
      source === undefined
        ? fitOfNothing(place, comesWith, places, targets)
        : fitSource(source, eventFormat, place.typed, place.isRequired);
    return { pointer, place, source, comesWith, ...fit };
  });
  const others = targets
    .filter((target) => !known.has(target))
    .map((pointer): Row => {
      const isListed = places.some((place) => isBelow(pointer, place.pointer));
      const isNothing = asFormat(functionFormat) === undefined;
      const words =
        isListed || isNothing || places.length >= MAX_PLACES ? "" : `the function has no place ${pointer}`;
      const level = words === "" ? "maybe" : "no";
      return { pointer, place: undefined, source: given[pointer], comesWith: undefined, level, words };
    });
  const all = [...rows, ...others];
  return {
    rows: all,
    problems: all.filter(({ level }) => level === "no").map(({ pointer, words }) => `${pointer}: ${words}`),
  };
}

/** A place that the mapping does not name: wrong if it has to be there, and what it is in is there. */
function fitOfNothing(
  place: Place,
  comesWith: Row["comesWith"],
  places: readonly Place[],
  targets: readonly string[],
): Fit {
  const isNeeded =
    place.isRequired &&
    comesWith === undefined &&
    places
      .filter(({ pointer }) => isBelow(place.pointer, pointer))
      .every(({ pointer, isRequired }) => isRequired || targets.some((target) => isBelow(target, pointer)));
  // What is missing of a whole is said once, at its members.
  const isSaidBelow =
    place.hasMembers && places.some((each) => each.isRequired && isBelow(each.pointer, place.pointer));
  return isNeeded && !isSaidBelow
    ? { level: "no", words: "is needed, and gets nothing" }
    : { level: "fits", words: "" };
}

/** Whether what comes from a source fits a place. */
export function fitSource(
  source: MappingSource,
  eventFormat: unknown,
  target: Typed,
  isRequired: boolean,
): Fit {
  if (typeof source === "object" && "value" in source) {
    const misfit = misfitOf(source.value, target);
    return misfit === undefined ? { level: "fits", words: "" } : { level: "no", words: misfit };
  }
  const pointer = pointerOf(source);
  if (pointer === undefined) {
    return fitTypes({ schema: { type: "string" }, format: {} }, target);
  }
  const path = pathOf(pointer);
  if (path === undefined || path.length === 0) {
    return { level: "fits", words: "" };
  }
  const found = findInEvent(eventFormat, path);
  if (found === undefined) {
    return { level: "no", words: `the event has no ${pointer}` };
  }
  const fit = fitTypes(found.typed, target);
  return fit.level === "fits" && isRequired && !found.isSure
    ? { level: "maybe", words: `${pointer} can be missing in an event, and is needed here` }
    : fit;
}

/** The pointer that a source is; `undefined` for a template of several parts, and for a constant. */
export function pointerOf(source: MappingSource): string | undefined {
  if (typeof source === "string") {
    return source;
  }
  if ("source" in source) {
    return source.source;
  }
  // A template that is a single pointer keeps its type.
  const [, only] = "template" in source ? (/^\$\{([^{}]*)\}$/.exec(source.template) ?? []) : [];
  return only;
}

function pathOf(pointer: string): string[] | undefined {
  try {
    return [...pointerSegments(pointer)];
  } catch {
    // The check of the mapping says so.
    return undefined;
  }
}

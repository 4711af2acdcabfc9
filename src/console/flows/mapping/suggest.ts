import type { Mapping } from "../../../broker/flows/mapping.ts";
import { asFormat } from "../../format/schema.ts";
import { assess, fitSource } from "./assess.ts";
import { type Place, placesOfEvent, placesOfFunction } from "./places.ts";

/**
 * A mapping to begin with: every place of the function from a place of the event with the same name, if its type fits. A place that
 * has to be there and has no namesake gets the only one of the event's value that fits.
 * @returns `undefined` if the event's value fits as it is, so that no mapping is needed.
 */
export function suggestMapping(eventFormat: unknown, functionFormat: unknown): Mapping | undefined {
  const isWhole = assess(undefined, eventFormat, functionFormat).rows.every(({ level }) => level === "fits");
  if (isWhole || asFormat(functionFormat) === undefined) {
    return undefined;
  }
  const sources = placesOfEvent(eventFormat);
  const mapping: Record<string, string> = {};
  const places = placesOfFunction(functionFormat);
  for (const place of places) {
    const isInside = Object.keys(mapping).some((target) => place.pointer.startsWith(`${target}/`));
    const found = isInside ? undefined : findSource(place, isNeeded(place, places), sources, eventFormat);
    if (found !== undefined) {
      mapping[place.pointer] = found.pointer;
    }
  }
  return mapping;
}

function findSource(
  place: Place,
  isPlaceNeeded: boolean,
  sources: readonly Place[],
  eventFormat: unknown,
): Place | undefined {
  const fitting = sources.filter(
    ({ pointer }) => fitSource(pointer, eventFormat, place.typed, place.isRequired).level !== "no",
  );
  const namesake = fitting.find(({ name }) => plain(name) === plain(place.name));
  if (namesake !== undefined) {
    return namesake;
  }
  const values = fitting.filter(({ pointer }) => pointer.startsWith("/dataObject"));
  // Not a whole: its members find their own.
  return isPlaceNeeded && !place.hasMembers && values.length === 1 ? values[0] : undefined;
}

/** Whether a call without it is wrong: it has to be there, and so has all that it is in. */
function isNeeded({ pointer, isRequired }: Place, places: readonly Place[]): boolean {
  const around = places.filter((each) => pointer.startsWith(`${each.pointer}/`));
  return isRequired && around.every((each) => each.isRequired);
}

/** `spindleSpeed`, `spindle_speed` and `Spindle-Speed` are the same. */
function plain(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}]/gu, "").toLowerCase();
}

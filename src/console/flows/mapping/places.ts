import { asFormat, own, propertiesOf, rootsOf } from "../../format/schema.ts";
import { kindOf, requiredOf, resolve, type Typed } from "./typed.ts";

/** A place in the parameters of a function, or in an event. */
export interface Place {
  /** A JSON pointer, such as `/dataObject/speed`. */
  readonly pointer: string;
  readonly name: string;
  readonly depth: number;
  readonly typed: Typed;
  readonly isRequired: boolean;
  /** Whether its members are places, too. */
  readonly hasMembers: boolean;
}

/** More would be neither drawn nor read; the JSON knows no limit. */
export const MAX_PLACES = 200;
const MAX_DEPTH = 8;

/** What an event has besides its value. All of it is text, but for the priority. */
const ENVELOPE = {
  uuid: { type: "string" },
  eventId: { type: "string" },
  correlationId: { type: "string" },
  postDate: { type: "string" },
  priority: { type: "integer" },
} as const;
const ALWAYS = ["uuid", "eventId", "correlationId"];

/** The places of a function's parameters, each before what is in it. */
export function placesOfFunction(dataFormat: unknown): Place[] {
  return rootPlaces(dataFormat);
}

/** The places of an event, those of its value first. */
export function placesOfEvent(dataFormat: unknown): Place[] {
  const envelope = Object.entries(ENVELOPE).map(([name, schema]) => ({
    pointer: `/${name}`,
    name,
    depth: 0,
    typed: { schema, format: {} },
    isRequired: ALWAYS.includes(name),
    hasMembers: false,
  }));
  return [...rootPlaces(dataFormat), ...envelope];
}

function rootPlaces(dataFormat: unknown): Place[] {
  const format = asFormat(dataFormat);
  const places: Place[] = [];
  for (const [name, schema] of format === undefined ? [] : rootsOf(format)) {
    collect(
      places,
      { pointer: `/${escaped(name)}`, name, depth: 0, isRequired: true },
      {
        schema,
        format: format ?? {},
      },
    );
  }
  return places;
}

function collect(
  places: Place[],
  place: Omit<Place, "typed" | "hasMembers">,
  typed: Typed,
  inside: readonly unknown[] = [],
): void {
  const whole = resolve(typed);
  const members = kindOf(whole) === "object" ? propertiesOf(whole.schema) : [];
  // A definition that is inside of itself has no end.
  const isOpen =
    members.length > 0 && place.depth < MAX_DEPTH && !inside.includes(typed.schema["$ref"] ?? {});
  if (places.length >= MAX_PLACES) {
    return;
  }
  places.push({ ...place, typed, hasMembers: isOpen });
  if (!isOpen) {
    return;
  }
  const required = requiredOf(whole);
  for (const [name, schema] of members) {
    const pointer = `${place.pointer}/${escaped(name)}`;
    const member = { pointer, name, depth: place.depth + 1, isRequired: required.includes(name) };
    collect(places, member, { schema, format: typed.format }, [...inside, typed.schema["$ref"]]);
  }
}

/** What a pointer leads to in an event: its type, and whether each event has it. `undefined` if there is no such place. */
export function findInEvent(
  dataFormat: unknown,
  path: readonly string[],
): { readonly typed: Typed; readonly isSure: boolean } | undefined {
  const [key = "", ...names] = path;
  const format = asFormat(dataFormat);
  const envelope = own<object>(ENVELOPE, key);
  if (envelope !== undefined) {
    return names.length > 0
      ? undefined
      : { typed: { schema: { ...envelope }, format: {} }, isSure: ALWAYS.includes(key) };
  }
  const root = format === undefined ? undefined : own(format, key);
  if (format === undefined || root === undefined) {
    return undefined;
  }
  let typed = resolve({ schema: root, format });
  let isSure = true;
  for (const name of names) {
    const kind = kindOf(typed);
    const next =
      kind === "array"
        ? typed.schema["items"]
        : (own(Object.fromEntries(propertiesOf(typed.schema)), name) ??
          (typed.schema["additionalProperties"] === false
            ? undefined
            : typed.schema["additionalProperties"]));
    isSure &&= kind === "object" && requiredOf(typed).includes(name);
    if (typeof next !== "object" || next === null) {
      return kind === undefined ? { typed: { schema: {}, format }, isSure: false } : undefined;
    }
    typed = resolve({ schema: next as Typed["schema"], format });
  }
  return { typed, isSure };
}

function escaped(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

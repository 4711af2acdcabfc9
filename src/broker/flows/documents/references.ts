import { mustBe } from "../../../core/validation/describe-value.ts";
import type { MsbIssue } from "../../../support/errors.ts";
import { isRecord } from "../../../support/is-record.ts";
import { MAX_ISSUES } from "../../support/limits.ts";
import {
  type FoundObject,
  type JsonObject,
  type Kind,
  type Kinds,
  kindOf,
  kindsUnder,
} from "./document-kinds.ts";
import { type Place, placesOf } from "./document-places.ts";
import { describeDifference } from "./duplicates.ts";

/** To look at one takes microseconds. */
const MAX_PLACES = 20_000;

/**
 * Resolves the references of a flow document: an object stands in full at one place, wherever that is, and as its `@id`
 * everywhere else. One that stands in full twice is the same object, and must look the same.
 */
export class References {
  /** References that lead nowhere, and objects that stand there twice and differ. */
  readonly issues: MsbIssue[] = [];
  readonly #byId = new Map<string, FoundObject>();
  readonly #byKind = new Map<Kind, FoundObject[]>();

  constructor(document: JsonObject) {
    const references: Place[] = [];
    let count = 0;
    for (const place of placesOf(document)) {
      count += 1;
      if (count > MAX_PLACES) {
        this.issues.push({
          path: "",
          message: `must have at most ${MAX_PLACES} objects and references to them`,
        });
        return;
      }
      if (isRecord(place.value)) {
        this.#register(place, place.value);
      } else {
        references.push(place);
      }
    }
    for (const { value, kinds, path } of references) {
      if (this.#find(value, kinds) === undefined) {
        this.issues.push({ path, message: describeLost(value, kinds) });
      }
    }
  }

  /** All objects of a kind, from top to bottom. */
  all(kind: Kind): readonly FoundObject[] {
    return this.#byKind.get(kind) ?? [];
  }

  /** The object that stands, or is referred to, under this name. */
  one(holder: JsonObject | undefined, key: string): JsonObject | undefined {
    return this.#find(holder?.[key], kindsUnder(key));
  }

  /** The same for a name under which an array stands. */
  list(holder: JsonObject, key: string): JsonObject[] {
    const values: unknown[] = Array.isArray(holder[key]) ? holder[key] : [];
    return values.map((each) => this.#find(each, kindsUnder(key))).filter((found) => found !== undefined);
  }

  #find(value: unknown, kinds: Kinds | undefined): JsonObject | undefined {
    if (kinds === undefined) {
      return undefined;
    }
    if (isRecord(value)) {
      return this.#byId.get(`${kindOf(value, kinds)} ${String(value["@id"])}`)?.object ?? value;
    }
    if (!isId(value)) {
      return undefined;
    }
    return kinds
      .map((kind) => this.#byId.get(`${kind} ${value}`)?.object)
      .find((found) => found !== undefined);
  }

  #register({ path, kinds, isKnown }: Place, object: JsonObject): void {
    const kind = kindOf(object, kinds);
    const id = object["@id"];
    const key = `${kind} ${String(id)}`;
    const first = id === undefined ? undefined : this.#byId.get(key);
    if (first !== undefined) {
      this.#compare(first, { object, path }, key);
      return;
    }
    const found = { object, path };
    if (id !== undefined) {
      this.#byId.set(key, found);
    }
    if (isKnown) {
      const others = this.#byKind.get(kind) ?? [];
      this.#byKind.set(kind, others);
      others.push(found);
    }
  }

  #compare(first: FoundObject, { object, path }: FoundObject, key: string): void {
    // To compare thousands with a large one would take seconds.
    const difference = this.issues.length < MAX_ISSUES ? describeDifference(first.object, object) : undefined;
    if (difference !== undefined) {
      const message = `is the ${key} a second time, and has another ${difference} than at ${first.path}`;
      this.issues.push({ path, message });
    }
  }
}

function describeLost(value: unknown, kinds: Kinds): string {
  const wanted = kinds.join(" or ");
  if (isId(value)) {
    return `refers to the ${wanted} ${value}, and the document has none with this @id`;
  }
  return mustBe(`the ${wanted}, or its @id`, value);
}

function isId(value: unknown): value is number | string {
  return typeof value === "number" || typeof value === "string";
}

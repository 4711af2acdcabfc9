export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The kinds of objects in a flow document; `@id` is unique within a kind only. */
export type Kind =
  | "transition"
  | "input"
  | "output"
  | "processor"
  | "event"
  | "functionCall"
  | "endpoint"
  | "service";

/** Under which names the objects of a kind stand. */
const KINDS: Readonly<Record<string, Kind>> = {
  transitions: "transition",
  inputs: "input",
  output: "output",
  outputs: "output",
  processor: "processor",
  processors: "processor",
  transitionInput: "event",
  events: "event",
  transitionOutput: "functionCall",
  functionCalls: "functionCall",
  serviceEndpoint: "endpoint",
  endpoints: "endpoint",
  service: "service",
  services: "service",
};

/** Deep enough for any document, and far from overflowing the stack. */
const MAX_DEPTH = 64;

/**
 * Resolves the references of a flow document: an object stands in full where it occurs first, and is a whole number, its
 * `@id`, everywhere else.
 */
export class References {
  readonly #objects = new Map<string, JsonObject>();

  constructor(document: JsonObject) {
    this.#collect(document, 0);
  }

  /** The object that this is, or refers to. */
  one(value: unknown, ...kinds: readonly Kind[]): JsonObject | undefined {
    if (isObject(value)) {
      return value;
    }
    return kinds.map((kind) => this.#objects.get(`${kind} ${String(value)}`)).find((found) => found);
  }

  /** The objects that these are, or refer to; what leads nowhere is left out. */
  list(value: unknown, ...kinds: readonly Kind[]): JsonObject[] {
    const values: unknown[] = Array.isArray(value) ? value : [];
    return values.map((each) => this.one(each, ...kinds)).filter((found) => found !== undefined);
  }

  #collect(object: JsonObject, depth: number): void {
    if (depth > MAX_DEPTH) {
      return;
    }
    for (const [name, value] of Object.entries(object)) {
      const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
      for (const each of Array.isArray(value) ? value : [value]) {
        if (!isObject(each)) {
          continue;
        }
        const key = `${kind ?? name} ${String(each["@id"])}`;
        if (each["@id"] !== undefined && !this.#objects.has(key)) {
          this.#objects.set(key, each);
        }
        this.#collect(each, depth + 1);
      }
    }
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** An object of a flow document, and where it stands in full. */
export interface FoundObject {
  readonly object: JsonObject;
  readonly path: string;
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

/** At least one. */
export type Kinds = readonly [Kind, ...Kind[]];

/** Which kinds stand under which names, in full or as their `@id`. */
const KINDS: Readonly<Record<string, Kinds>> = {
  transitions: ["transition"],
  sources: ["transition"],
  targets: ["transition"],
  // A processor can take the output of another one.
  inputs: ["input", "output"],
  inputParameters: ["input"],
  output: ["output"],
  outputs: ["output"],
  outputParameters: ["output"],
  processor: ["processor"],
  processors: ["processor"],
  transitionInput: ["event"],
  events: ["event"],
  responseEvent: ["event"],
  transitionOutput: ["functionCall"],
  functionCalls: ["functionCall"],
  serviceEndpoint: ["endpoint"],
  endpoints: ["endpoint"],
  service: ["service"],
  services: ["service"],
};

/** The kinds that stand under a name; `undefined` for a name that is not known. */
export function kindsUnder(key: string): Kinds | undefined {
  return Object.hasOwn(KINDS, key) ? KINDS[key] : undefined;
}

/** Of several kinds an object is the one that its `direction` says, and else the first. */
export function kindOf({ direction }: JsonObject, kinds: Kinds): Kind {
  const said = typeof direction === "string" ? direction.toLowerCase() : undefined;
  return kinds.find((kind) => kind === said) ?? kinds[0];
}

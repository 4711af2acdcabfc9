type Json = Record<string, unknown>;

/** What all clients write, whether or not there is anything to say. */
interface Described {
  readonly events: readonly Json[];
  readonly functions: readonly Json[];
  readonly configuration: { readonly parameters: Readonly<Record<string, Json>> };
}

/**
 * Takes out of a self-description how the official clients write the same thing in different ways. What is left has to be
 * equal to what our client says of the same service. None of these rules changes what a value may be.
 */
export function normalise(selfDescription: object): Json {
  const { events, functions, configuration, ...identity } = selfDescription as Described;
  return {
    ...identity,
    events: events.map(withFormat),
    // Java numbers functions too, by an annotation that it shares with events. Nothing refers to that number.
    functions: functions.map(({ "@id": _, ...rest }) => withFormat(rest)),
    configuration: { parameters: lowerCaseTypes(configuration.parameters) },
  };
}

function withFormat({ dataFormat, ...rest }: Json): Json {
  return dataFormat === undefined ? rest : { ...rest, dataFormat: reachable(schema(dataFormat) as Json) };
}

function schema(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(schema);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  let copy = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, schema(member)]));
  // Node.js and Python write `"type":"object"` beside a root `$ref`. JSON Schema ignores everything beside `$ref`.
  if ("$ref" in copy) {
    copy = { $ref: copy["$ref"] };
  }
  // Node.js gives each boolean the default "false", a text. A default says nothing about which values fit.
  if (copy["type"] === "boolean") {
    delete copy["default"];
  }
  return copy;
}

/**
 * Python puts every complex format that was ever nested in another one into each complex event, because its list of them
 * belongs to the class instead of the object. Definitions to which no reference leads mean nothing.
 */
function reachable(format: Json): Json {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name)) {
      return;
    }
    found.add(name);
    for (const [, next] of JSON.stringify(format[name] ?? null).matchAll(/"#\/definitions\/([^"]+)"/g)) {
      visit(next as string);
    }
  };
  visit("dataObject");
  return Object.fromEntries(Object.entries(format).filter(([name]) => found.has(name)));
}

/** Java writes types and formats of configuration parameters in lower case, the others in upper case. */
function lowerCaseTypes(parameters: Readonly<Record<string, Json>>): Json {
  const lower = (text: unknown): unknown => (typeof text === "string" ? text.toLowerCase() : text);
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { type, format, ...rest }]) => [
      name,
      { ...rest, type: lower(type), ...(format === undefined ? {} : { format: lower(format) }) },
    ]),
  );
}

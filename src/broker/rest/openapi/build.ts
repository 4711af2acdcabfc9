/** A schema, or any other part of an OpenAPI document: plain JSON. */
export type Json = Readonly<Record<string, unknown>>;

export const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
export const text: Json = { type: "string" };
export const whole: Json = { type: "integer" };
export const anyValue: Json = {};
export const list = (items: Json): Json => ({ type: "array", items });
export const oneOf = (...values: readonly string[]): Json => ({ type: "string", enum: values });

/** An object with these properties; those that end in `?` may be missing. */
export function object(properties: Readonly<Record<string, Json>>): Json {
  const required = Object.keys(properties).filter((name) => !name.endsWith("?"));
  return {
    type: "object",
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => [name.replace(/\?$/, ""), schema]),
    ),
    ...(required.length > 0 ? { required } : {}),
  };
}

export interface Operation {
  readonly summary: string;
  readonly tag: string;
  /** The JSON of the body, or a schema by content type. */
  readonly body?: Json | undefined;
  readonly bodyType?: string | undefined;
  readonly query?: readonly Json[] | undefined;
  /** @default 200 */
  readonly status?: number | undefined;
  /** The JSON of the answer. */
  readonly answer: Json;
  readonly answerType?: string | undefined;
}

/** An operation of OpenAPI; path parameters are read out of the path. */
export function operation(path: string, options: Operation): Json {
  const { summary, tag, body, query = [], status = 200, answer } = options;
  const { bodyType = "application/json", answerType = "application/json" } = options;
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    ...{ name, in: "path", required: true },
    schema: name === "id" ? whole : text,
  }));
  return {
    summary,
    tags: [tag],
    ...(inPath.length + query.length > 0 ? { parameters: [...inPath, ...query] } : {}),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { [bodyType]: { schema: body } } } }),
    responses: {
      [status]: { description: "Done", content: { [answerType]: { schema: answer } } },
      default: {
        description: "Not done, and why",
        content: { "application/json": { schema: ref("Problem") } },
      },
    },
  };
}

export function queryParameter(name: string, schema: Json, description: string): Json {
  return { name, in: "query", required: false, schema, description };
}

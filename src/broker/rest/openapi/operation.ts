import * as z from "zod/v4/mini";

/** A schema, or any other part of an OpenAPI document: plain JSON. */
export type Json = Readonly<Record<string, unknown>>;

export const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
export const string: Json = { type: "string" };
export const integer: Json = { type: "integer" };
export const anyValue: Json = {};
export const arrayOf = (items: Json): Json => ({ type: "array", items });
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

/** What a handler takes: the schema by which it checks it. */
export function requestSchema(schema: z.core.$ZodType): Json {
  // A custom check says nothing that JSON Schema can say.
  return z.toJSONSchema(schema, { target: "openapi-3.0", io: "input", unrepresentable: "any" });
}

export interface Operation {
  readonly summary: string;
  readonly tag: string;
  /** The JSON of the body, or a schema by content type. */
  readonly body?: Json | undefined;
  readonly bodyType?: string | undefined;
  /** The schema of the query, an object. */
  readonly query?: z.core.$ZodType | undefined;
  /** @default 200 */
  readonly status?: number | undefined;
  /** Other successes, with the same JSON. */
  readonly alsoAnswers?: readonly number[] | undefined;
  /** The JSON of the answer. */
  readonly answer: Json;
  readonly answerType?: string | undefined;
  /** Asked for without the token, too. */
  readonly isOpen?: boolean | undefined;
}

const problems = { "application/json": { schema: ref("Problem") } };
const problemsAndPage = { ...problems, "text/html": { schema: string } };

/** What is answered before an operation is looked at. */
export const RESPONSES: Json = {
  NoToken: {
    description: "The broker has a token, and this is not it",
    headers: { "WWW-Authenticate": { schema: string } },
    content: problemsAndPage,
  },
  ForeignPage: { description: "A page that the broker does not let in", content: problems },
  ForeignHost: { description: "The broker does not answer to this host name", content: problems },
  TooManyGuesses: {
    description: "Too many wrong tokens from this address",
    headers: { "Retry-After": { description: "Seconds", schema: integer } },
    content: problemsAndPage,
  },
};
const response = (name: string): Json => ({ $ref: `#/components/responses/${name}` });
const OF_STRANGERS = { 403: response("ForeignPage"), 421: response("ForeignHost") };
const OF_TOKENS = { 401: response("NoToken"), 429: response("TooManyGuesses") };

/** An operation of OpenAPI; path parameters are read out of the path. */
export function operation(path: string, options: Operation): Json {
  const { summary, tag, body, query, status = 200, alsoAnswers = [], answer } = options;
  const { bodyType = "application/json", answerType = "application/json", isOpen = false } = options;
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: name === "id" || name === "seq" ? integer : string,
  }));
  const inQuery = query === undefined ? [] : queryParameters(requestSchema(query));
  return {
    summary,
    tags: [tag],
    ...(inPath.length + inQuery.length > 0 ? { parameters: [...inPath, ...inQuery] } : {}),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { [bodyType]: { schema: body } } } }),
    responses: {
      ...Object.fromEntries(
        [status, ...alsoAnswers].map((code) => [
          code,
          { description: "Done", content: { [answerType]: { schema: answer } } },
        ]),
      ),
      ...OF_STRANGERS,
      ...(isOpen ? {} : OF_TOKENS),
      default: { description: "Not done, and why", content: problems },
    },
    ...(isOpen ? { security: [] } : {}),
  };
}

function queryParameters({ properties, required = [] }: Json): Json[] {
  return Object.entries(properties as Record<string, Json>).map(([name, { description, ...schema }]) => ({
    name,
    in: "query",
    required: (required as string[]).includes(name),
    schema,
    ...(description === undefined ? {} : { description }),
  }));
}

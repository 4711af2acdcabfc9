import type { Context } from "hono";
import { accepts } from "hono/accepts";
import { HTTPException } from "hono/http-exception";
import * as z from "zod/v4/mini";
import { describeError, MsbDefinitionError } from "../../support/errors.ts";
import { type JsonBounds, parseBoundedJson } from "../protocol/bounded-json.ts";
import { JsonSlice } from "../protocol/json-slice.ts";
import { RawJson } from "../protocol/raw-json.ts";
import { toIssues } from "../support/issues.ts";
import { MAX_BODY } from "../support/limits.ts";
import { expected } from "../support/schemas.ts";

/**
 * The body as a string. Not Hono's `bodyLimit`, which makes a new `Request` of what `@hono/node-server` only gives out as one
 * while it replaces the global class.
 * @throws {HTTPException} 413 if it is too large.
 */
export async function readText(c: Context): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body: ReadableStream<Uint8Array> | null = c.req.raw.body;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > MAX_BODY) {
      throw new HTTPException(413, { message: `The body is larger than ${MAX_BODY} bytes.` });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The JSON of a request's body; what its content type says does not matter. @throws {MsbDefinitionError} */
export async function readJson(c: Context, bounds?: JsonBounds): Promise<unknown> {
  return parseBody(await readText(c), bounds);
}

/** The JSON of a body. A byte order mark may stand before it, as the C# client's tests send it. @throws {MsbDefinitionError} */
function parseBody(text: string, bounds?: JsonBounds): unknown {
  try {
    return parseBoundedJson(text.replace(/^\uFEFF/, ""), bounds);
  } catch (error) {
    const reason = text === "" ? "is missing" : `cannot be read: ${describeError(error)}`;
    throw new MsbDefinitionError("The body", [{ path: "", message: `its JSON ${reason}` }]);
  }
}

/** The same, checked. @throws {MsbDefinitionError} naming everything that is wrong. */
export async function readBody<T extends z.ZodMiniType>(c: Context, schema: T): Promise<z.output<T>> {
  return checkBody(schema, await readJson(c));
}

/** What a body says, checked. @throws {MsbDefinitionError} naming everything that is wrong. */
export function checkBody<T extends z.ZodMiniType>(schema: T, value: unknown): z.output<T> {
  return check("The body", schema, value);
}

/** The same, and the JSON of its members, for values that are passed on as they came. */
export async function readBodyAndJson<T extends z.ZodMiniType>(
  c: Context,
  schema: T,
): Promise<{ body: z.output<T>; jsonOf: (key: string) => RawJson | undefined }> {
  const text = await readText(c);
  const body = checkBody(schema, parseBody(text));
  const slice = new JsonSlice(text.replace(/^\uFEFF/, ""));
  const jsonOf = (key: string) => {
    const found = slice.child(key);
    return found === undefined ? undefined : new RawJson(found.json);
  };
  return { body, jsonOf };
}

/** The query, checked. @throws {MsbDefinitionError} naming everything that is wrong. */
export function readQuery<T extends z.ZodMiniType>(c: Context, schema: T): z.output<T> {
  return check("The query", schema, c.req.query());
}

function check<T extends z.ZodMiniType>(subject: string, schema: T, value: unknown): z.output<T> {
  const result = z.safeParse(schema, value);
  if (!result.success) {
    throw new MsbDefinitionError(subject, toIssues(result.error));
  }
  return result.data;
}

/** A schema with a description, for the OpenAPI document. */
export function described<T extends z.ZodMiniType>(schema: T, description: string): T {
  return schema.check(z.meta({ ...z.globalRegistry.get(schema), description })) as T;
}

/** Of `/v3/api-docs`. */
export const formatSchema = z.object({
  format: described(z.optional(z.literal("json", expected("json"))), "`json` for the JSON in a browser, too"),
});

/** A browser that opens a page asks for HTML; programs that take both get JSON. */
export function wantsPage(c: Context): boolean {
  const [json, page] = ["application/json", "text/html"] as const;
  return accepts(c, { header: "Accept", supports: [json, page], default: json }) === page;
}

/** A whole number out of a query. */
export function wholeNumber(min: number, max: number, fallback: number) {
  const error = expected(`a whole number from ${min} to ${max}`);
  const number = z.pipe(
    z.pipe(
      z.optional(z.string()),
      z.transform((given: string | undefined) => readWhole(given ?? String(fallback))),
    ),
    z.number(error).check(z.gte(min, error), z.lte(max, error)),
  );
  // What stands in a query is a string; what it must say is a number.
  return number.check(z.meta({ type: "integer", minimum: min, maximum: max, default: fallback }));
}

/** What is not a whole number stays as it is, for the error. */
function readWhole(given: string): number | string {
  return /^\d{1,9}$/.test(given) ? Number(given) : given;
}

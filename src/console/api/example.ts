import { type ApiDocument, contentOf, type Endpoint, resolve, type Schema } from "./document.ts";

/** Deeper is nothing that an example needs. */
const MAX_DEPTH = 6;

/** A value that fits a schema: what must be there, and nothing else. */
function exampleOf(document: ApiDocument, given: Schema, depth = 0): unknown {
  const schema = resolve(document, given);
  const [choice] = schema.oneOf ?? schema.anyOf ?? [];
  if (choice !== undefined) {
    return exampleOf(document, choice, depth);
  }
  if (schema.default !== undefined || schema.enum !== undefined) {
    return schema.default ?? schema.enum?.[0];
  }
  switch (schema.type) {
    case "object":
      return Object.fromEntries(
        depth > MAX_DEPTH
          ? []
          : (schema.required ?? []).map((name) => [
              name,
              exampleOf(document, schema.properties?.[name] ?? {}, depth + 1),
            ]),
      );
    case "array":
      return [];
    case "integer":
    case "number":
      return schema.minimum ?? 1;
    case "boolean":
      return true;
    default:
      return "…";
  }
}

/** The same request for a shell. */
export function curlOf(document: ApiDocument, { method, path, operation }: Endpoint): string {
  const url = `${document.servers[0]?.url ?? ""}${path.replace(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase())}`;
  const body = contentOf(operation.requestBody?.content);
  const parts = [
    `curl${method === "GET" ? "" : ` -X ${method}`} '${url}'`,
    ...(document.components.securitySchemes === undefined ? [] : [`-H 'Authorization: Bearer TOKEN'`]),
    ...(body === undefined ? [] : [`-H 'Content-Type: ${body.type}'`, `-d '${textOf(document, body)}'`]),
  ];
  return parts.join(" \\\n  ");
}

function textOf(document: ApiDocument, { type, schema }: { type: string; schema: Schema }): string {
  const example = exampleOf(document, schema);
  const text = type === "text/plain" && typeof example === "string" ? example : JSON.stringify(example);
  // A shell would end the string there.
  return text.replaceAll("'", "'\\''");
}

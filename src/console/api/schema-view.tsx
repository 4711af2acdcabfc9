import { useSignal } from "@preact/signals";
import { formatNumber } from "../data/amounts.ts";
import type { ApiDocument, Schema } from "./document.ts";
import { nameOfRef } from "./document.ts";

interface SchemaProps {
  readonly document: ApiDocument;
  readonly schema: Schema;
}

/** A schema as rows: name, type, and what else is to be known. Those with a name of their own open where they are used. */
export function SchemaView({ document, schema }: SchemaProps) {
  const choices = schema.oneOf ?? schema.anyOf;
  if (schema.$ref !== undefined) {
    return <Named document={document} name={nameOfRef(schema.$ref)} />;
  }
  if (choices !== undefined) {
    return (
      <>
        <p class="hint">One of these:</p>
        <ul class="schema-choices">
          {choices.map((choice) => (
            <li key={JSON.stringify(choice)}>
              <SchemaView document={document} schema={choice} />
            </li>
          ))}
        </ul>
      </>
    );
  }
  const properties = Object.entries(schema.properties ?? {});
  const inside =
    schema.items ??
    (typeof schema.additionalProperties === "object" ? schema.additionalProperties : undefined);
  return (
    <>
      {properties.length === 0 && <p class="schema-type">{describeType(schema)}</p>}
      {properties.length > 0 && (
        <dl class="schema">
          {properties.map(([name, property]) => (
            <div key={name}>
              <dt>
                <code>{name}</code>
                {schema.required?.includes(name) !== true && <small> optional</small>}
              </dt>
              <dd>
                {isLeaf(property) ? (
                  <Leaf schema={property} />
                ) : (
                  <SchemaView document={document} schema={property} />
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {inside !== undefined && !isLeaf(inside) && (
        <div class="schema-inside">
          <SchemaView document={document} schema={inside} />
        </div>
      )}
    </>
  );
}

function Named({ document, name }: { readonly document: ApiDocument; readonly name: string }) {
  // What stands inside is made when somebody looks: schemas stand in one another.
  const isOpen = useSignal(false);
  const schema = document.components.schemas[name];
  return (
    <details
      class="schema-named"
      onToggle={({ currentTarget }) => {
        isOpen.value = currentTarget.open;
      }}
    >
      <summary>
        <code>{name}</code>
      </summary>
      {isOpen.value && schema && <SchemaView document={document} schema={schema} />}
    </details>
  );
}

function Leaf({ schema }: { readonly schema: Schema }) {
  return (
    <>
      <span class="schema-type">{describeType(schema)}</span>
      {schema.description !== undefined && ` ${schema.description}`}
    </>
  );
}

function isLeaf({ $ref, properties, items, oneOf, anyOf }: Schema): boolean {
  return [$ref, properties, items, oneOf, anyOf].every((part) => part === undefined);
}

/** Such as `integer from 1 to 10` or `one of "R", "E"`. */
export function describeType({
  type,
  enum: values,
  minimum,
  maximum,
  default: usual,
  pattern,
}: Schema): string {
  const what =
    values === undefined
      ? (type ?? "any JSON")
      : `one of ${values.map((value) => JSON.stringify(value)).join(", ")}`;
  return [
    what,
    minimum === undefined ? "" : ` from ${formatNumber(minimum)}`,
    maximum === undefined ? "" : ` to ${formatNumber(maximum)}`,
    pattern === undefined ? "" : ` like ${pattern}`,
    usual === undefined ? "" : `, by default ${JSON.stringify(usual)}`,
  ].join("");
}

import type { Json } from "../../core/data-format/index.ts";
import { ROOT } from "../../core/data-format/names.ts";
import { type MsbIssue, reasonOf } from "../../support/errors.ts";
import type { Format } from "./description/formats.ts";
import type { Parameter, Service, ServiceEvent, ServiceFunction } from "./description/service.ts";
import { bracketed, type Doc, group, indent, LINE, SOFT, stacked } from "./source/doc.ts";
import { docComment, jsonLiteral, keyLiteral, lineComment, stringLiteral } from "./source/literals.ts";
import type { Constants } from "./zod/constants.ts";
import { printCode } from "./zod/print-code.ts";
import { Unsayable } from "./zod/unsayable.ts";

/** `export const press = contract({ … });` */
export function contractSource(service: Service, name: string, constants: Constants): Doc {
  const groups: [string, Doc[]][] = [
    ["events", service.events.map((event) => eventEntry(event, constants))],
    ["functions", service.functions.map((each) => functionEntry(each, constants))],
    ["parameters", service.parameters.map(parameterEntry)],
  ];
  const given = groups.filter(([, entries]) => entries.length > 0);
  const said = given.map(([key, entries]): Doc => [`${key}: `, stacked("{", entries, "}")]);
  return [
    ...docComment(
      `What the ${service.type} ${stringLiteral(service.name)} offers.\n\n${service.description}`,
    ),
    `export const ${name} = contract(`,
    stacked("{", said, "}"),
    ");",
  ];
}

/** A comment that belongs to a part of an entry, and the part. */
interface Field {
  readonly comment?: readonly Doc[];
  readonly doc: Doc;
}

function eventEntry({ id, format, ...event }: ServiceEvent, constants: Constants): Doc {
  const payload = format === undefined ? undefined : payloadField(format, constants);
  const isShort = event.name === id && event.description === "" && payload?.comment === undefined;
  const short = isShort ? (payload?.short ?? (payload === undefined ? "null" : undefined)) : undefined;
  const fields = [...commonFields(id, event), ...(payload === undefined ? [] : [payload])];
  return entry(id, event, short ?? fieldsDoc(fields));
}

function functionEntry({ id, payload, responds, ...each }: ServiceFunction, constants: Constants): Doc {
  const fields = commonFields(id, each);
  if (payload.kind === "payload") {
    fields.push(payloadField(payload.format, constants));
  } else if (payload.kind === "parameters") {
    const parameters = parameterDocs(payload.formats, constants);
    fields.push({ doc: ["parameters: ", stacked("{", parameters, "}")] });
  }
  const [only, ...more] = responds.map(stringLiteral);
  if (only !== undefined) {
    const several = bracketed("[", [only, ...more], "]", SOFT);
    fields.push({ doc: ["responds: ", more.length === 0 ? only : several] });
  }
  return entry(id, each, fieldsDoc(fields));
}

function parameterEntry({ name, type, value, notes }: Parameter): Doc {
  const fields = [{ doc: `type: DataType.${type}` }, { doc: ["value: ", jsonLiteral(value)] }];
  return entry(name, { notes }, fieldsDoc(fields));
}

function entry(id: string, { notes }: { readonly notes: readonly MsbIssue[] }, value: Doc): Doc {
  const comments = notes.flatMap(({ path, message }) => lineComment(`${path}: ${message}.`));
  return [...comments, keyLiteral(id), ": ", value];
}

function commonFields(id: string, { name, description }: { name: string; description: string }): Field[] {
  const named = name === id ? [] : [{ doc: ["name: ", stringLiteral(name)] }];
  const described = description === "" ? [] : [{ doc: textField("description", description) }];
  return [...named, ...described];
}

/** A text that is too long for the line begins on the next one. */
function textField(key: string, text: string): Doc {
  return group(`${key}:`, indent(LINE, stringLiteral(text)));
}

function fieldsDoc(fields: readonly Field[]): Doc {
  const isCommented = fields.some(({ comment }) => comment !== undefined);
  const docs = fields.map(({ comment = [], doc }): Doc => [...comment, doc]);
  return isCommented ? stacked("{", docs, "}") : bracketed("{", docs, "}", LINE);
}

function payloadField(format: Format, constants: Constants): Field & { readonly short?: Doc } {
  const { comment, value } = formatDoc(format, ROOT, constants);
  return comment === undefined
    ? { doc: ["dataFormat: ", value], short: value }
    : { comment, doc: ["dataFormat: ", value] };
}

/** The named parameters of a function. Those that have definitions are written in one way, so that they agree on them. */
function parameterDocs(formats: ReadonlyMap<string, Format>, constants: Constants): Doc[] {
  const all = [...formats].map(([name, format]) => ({
    name,
    format,
    written: formatDoc(format, name, constants),
  }));
  const isMixed = all.some(({ written }) => written.comment !== undefined);
  return all.map(({ name, format, written }) => {
    const hasDefinitions = Object.keys(format.definitions).length > 0;
    const { comment = [], value } = isMixed && hasDefinitions ? asJson(format, written.comment) : written;
    return [...comment, keyLiteral(name), ": ", value];
  });
}

interface Written {
  /** Why it is not in zod. */
  readonly comment?: readonly Doc[];
  readonly value: Doc;
}

/** In zod, or as it is, with a comment that says why. */
function formatDoc(format: Format, root: string, constants: Constants): Written {
  try {
    return { value: printCode(constants.codeOf(format, root)) };
  } catch (error) {
    if (!(error instanceof Unsayable)) {
      throw error;
    }
    return asJson(format, lineComment(`As JSON, without types: ${error.path}: ${reasonOf(error)}.`));
  }
}

function asJson(
  { root, definitions }: Format,
  comment: readonly Doc[] = lineComment("As JSON, without types, because another parameter is."),
): Written {
  const { [ROOT]: _, ...others } = definitions;
  return { comment, value: jsonLiteral({ ...others, [ROOT]: root } as Json) };
}

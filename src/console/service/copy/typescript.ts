import type { DescribedEvent, DescribedFunction } from "../../data/types.ts";
import { hasNamedParameters } from "../../format/example.ts";
import { isMembers, type JsonNode, nodeOf, parseNode } from "../../format/lossless.ts";
import { asFormat, rootsOf } from "../../format/schema.ts";
import { toKey, toSource } from "./source.ts";

interface Shared {
  /** What a client gives to `connect()`. */
  readonly url: string;
  readonly needsToken: boolean;
  /** Of the client in the program: a new one, because a uuid is connected once only. */
  readonly ownUuid: string;
  readonly uuid: string;
  readonly name: string;
  /** The JSON of the value; `undefined` for no payload. */
  readonly json: string | undefined;
}

export interface EventProgram extends Shared {
  readonly event: DescribedEvent;
  readonly priority: "LOW" | "MEDIUM" | "HIGH";
  readonly correlationId: string | undefined;
}

/** A program that publishes such an event. */
export function publishProgram(options: EventProgram): string {
  const { url, uuid, name, json, event, priority, correlationId } = options;
  const node = json === undefined ? undefined : parseNode(json);
  const given = [
    `priority: ${JSON.stringify(priority)}`,
    ...(correlationId === undefined ? [] : [`correlationId: ${JSON.stringify(correlationId)}`]),
  ].join(", ");
  const value = node === undefined ? "undefined" : toSource(node);
  return `${head(["MsbClient"], options, `Publishes ${inComment(event.eventId)}`)}
// A service of its own. With the uuid ${inComment(JSON.stringify(uuid))} it takes the place of ${inComment(name)}.
const event = client.addEvent({
  eventId: ${JSON.stringify(event.eventId)},
  dataFormat: ${formatSource(event.dataFormat, "  ")},
});

await client.start(${JSON.stringify(url)});
${rounding(node)}await event.publish(${value}, { ${given} });
await client.disconnect();
`;
}

export interface CallProgram extends Shared {
  readonly described: DescribedFunction;
  /** The events that it may answer with. */
  readonly answers: readonly DescribedEvent[];
}

/** A program that calls a function, and waits for its answer. */
export function callProgram(options: CallProgram): string {
  const { url, uuid, name, json, described, answers, needsToken } = options;
  const { functionId, dataFormat } = described;
  const node = json === undefined ? undefined : parseNode(json);
  const responds = answers.map(({ eventId }) => JSON.stringify(eventId));
  const members = [
    ...takes(dataFormat),
    ...(responds.length === 0
      ? []
      : [`responds: ${responds.length === 1 ? responds[0] : `[${responds.join(", ")}]`}`]),
  ];
  const events = answers.map(
    (event) => `    ${toKey(event.eventId)}: { dataFormat: ${formatSource(event.dataFormat, "    ")} },\n`,
  );
  const headers = needsToken ? ', { headers: { Authorization: "Bearer TOKEN" } }' : "";
  const value = node === undefined ? "" : `, ${toSource(node)}`;
  return `${head(["contract", "MsbClient"], options, `Calls ${inComment(functionId)} of ${inComment(name)}`)}
// What the client uses of ${inComment(name)}.
const machine = client.counterpart(
  contract({
    events: {${events.length === 0 ? "" : `\n${events.join("").replaceAll(/^/gm, "  ").trimEnd()}\n    `}},
    functions: {
      ${toKey(functionId)}: { ${members.join(", ")} },
    },
  }),
  { uuid: ${JSON.stringify(uuid)} },
);

await client.start(${JSON.stringify(url)});
// Creates the flows that carry calls and answers, once. They stay.
await machine.deployFlows(${JSON.stringify(url)}${headers});
${rounding(node)}console.log(await machine.call(${JSON.stringify(functionId)}${value}));
await client.disconnect();
`;
}

function head(imports: readonly string[], { ownUuid }: Shared, description: string): string {
  return `import { ${imports.join(", ")} } from "msb-client-websocket";

const client = new MsbClient({
  type: "Application",
  uuid: ${JSON.stringify(ownUuid)},
  name: "My client",
  description: ${JSON.stringify(description)},
  token: "my-token",
});
`;
}

/** How a function takes its value: as one, or as named parameters, each with the definitions that it may refer to. */
function takes(dataFormat: unknown): string[] {
  const format = asFormat(dataFormat);
  if (format === undefined) {
    return [];
  }
  if (!hasNamedParameters(dataFormat)) {
    return [`dataFormat: ${formatSource(dataFormat, "      ")}`];
  }
  const roots = rootsOf(format);
  const names = roots.map(([name]) => name);
  const definitions = Object.entries(format).filter(([name]) => !names.includes(name));
  const parameters = roots.map(
    ([name, schema]) =>
      `${toKey(name)}: ${toSource(nodeOf({ ...Object.fromEntries(definitions), dataObject: schema }), "      ")}`,
  );
  return [`parameters: { ${parameters.join(", ")} }`];
}

function formatSource(dataFormat: unknown, indent: string): string {
  return asFormat(dataFormat) === undefined ? "null" : toSource(nodeOf(dataFormat), indent);
}

/** What a program in JavaScript cannot send, the console can. */
function rounding(node: JsonNode | undefined): string {
  return node !== undefined && hasLargeInteger(node)
    ? "// JavaScript rounds integers beyond 9007199254740991, and the client refuses them.\n"
    : "";
}

function hasLargeInteger(node: JsonNode): boolean {
  if (Array.isArray(node)) {
    return node.some(hasLargeInteger);
  }
  if (isMembers(node)) {
    return Object.values(node).some(hasLargeInteger);
  }
  const text = String(node);
  return (
    typeof node === "object" && node !== null && /^-?\d+$/.test(text) && !Number.isSafeInteger(Number(text))
  );
}

/** A line break would end the comment. */
function inComment(text: string): string {
  return text.replaceAll(/[\r\n\u2028\u2029]+/g, " ");
}

import type { NamedService } from "./generate-contract.ts";
import {
  block,
  callOf,
  classOf,
  exampleArguments,
  identity,
  indented,
  lines,
  RUN_MAIN,
  record,
  uuidOf,
} from "./program-parts.ts";
import { type Doc, group, indent, LINE, stacked } from "./source/doc.ts";
import { docComment, keyLiteral, lineComment, stringLiteral } from "./source/literals.ts";
import type { Names } from "./source/names.ts";

interface Machine extends NamedService {
  /** The constant of its counterpart. */
  readonly machine: string;
  /** What stands before its ids in what is printed and typed. */
  readonly prefix: string;
}

/** The program of whoever uses the services: it prints their events, and calls the functions that are typed in. */
export function counterpartParts(services: readonly NamedService[], names: Names): Doc[] {
  const isOnly = services.length === 1;
  const machines = services.map(
    (each): Machine => ({
      ...each,
      machine: isOnly ? "machine" : names.constant(`${each.name}Machine`, "machine"),
      prefix: isOnly ? "" : `${each.name}.`,
    }),
  );
  const hasFunctions = machines.some(({ service }) => service.functions.length > 0);
  return [
    lines(
      'const url = process.env["MSB_URL"] ?? "http://127.0.0.1:8085";',
      "// The management of flows. The development broker has it on the same port, an MSB on another one.",
      'const restUrl = process.env["MSB_REST_URL"] ?? url;',
    ),
    ["const client = new MsbClient(", clientIdentity(services), ");"],
    lines(...machines.map(counterpart)),
    lines(...machines.flatMap(listeners)),
    ...(hasFunctions ? [calls(machines)] : []),
    mainOf(machines, hasFunctions),
    RUN_MAIN,
  ].filter((part) => !Array.isArray(part) || part.length > 0);
}

function clientIdentity(services: readonly NamedService[]): Doc {
  const all = services.map(({ service }) => service.name).join(", ");
  return identity({
    type: "Application",
    uuid: uuidOf(`counterpart of ${services.map(({ service }) => service.uuid).join()}`),
    name: `Counterpart of ${all}`,
    description: `Uses ${all}`,
  });
}

function counterpart({ machine, name, service }: Machine): Doc {
  const options = record({
    uuid: stringLiteral(service.uuid),
    id: stringLiteral(name),
    name: stringLiteral(service.name),
    ...(classOf(service) !== "SmartObject" && { type: stringLiteral(service.type) }),
  });
  return [`const ${machine} = client.counterpart(${name}, `, options, ");"];
}

function listeners({ machine, service, prefix }: Machine): Doc[] {
  return service.events
    .map(({ id, format }): Doc => {
      const text = stringLiteral(prefix + id);
      const listener =
        format === undefined ? `() => console.log(${text})` : `(value) => console.log(${text}, value)`;
      return callOf(`${machine}.on`, [stringLiteral(id), `${listener}`]);
    })
    .map((call): Doc => [call, ";"]);
}

function calls(machines: readonly Machine[]): Doc {
  const members = machines.flatMap(({ machine, service, prefix }) =>
    service.functions.map(
      ({ id, payload }): Doc => [
        keyLiteral(prefix + id),
        ": () =>",
        group(indent(LINE, callOf(`${machine}.call`, [stringLiteral(id), ...exampleArguments(payload)]))),
      ],
    ),
  );
  return [
    ...docComment("A call of each function. The values are examples: put in those that make sense."),
    "const calls = ",
    stacked("{", members, "}"),
    ";",
  ];
}

function mainOf(machines: readonly Machine[], hasFunctions: boolean): Doc {
  const deploys = machines.map(
    ({ machine }): Doc =>
      block(`for (const flow of await ${machine}.deployFlows(restUrl))`, [
        // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the source of a program
        "console.log(`Flow ${flow.name}: ${flow.status}`);",
      ]),
  );
  return block("async function main(): Promise<void>", [
    "await client.start(url);",
    ...deploys,
    ...(hasFunctions ? callsFromInput() : []),
  ]);
}

function callsFromInput(): Doc[] {
  return [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the source of a program
    'console.log(`Type the id of a function to call it: ${Object.keys(calls).join(", ")}`);',
    block("for await (const id of createInterface({ input: process.stdin }))", [
      "const run = Object.entries(calls).find(([each]) => each === id)?.[1];",
      "try {",
      indented('console.log(id, run === undefined ? "is not a function" : await run());'),
      "} catch (error) {",
      indented("console.error(id, error);"),
      "}",
    ]),
  ];
}

/** What the program does, in its first lines. */
export const COUNTERPART_HEAD: readonly Doc[] = [
  ...lineComment(
    "Connects, creates the flows that it needs, prints the events, and calls the functions that are",
  ),
  ...lineComment("typed in, with the values below. Run it with: npx tsx counterpart.ts"),
  ...lineComment("The compiler wants @types/node for it."),
];

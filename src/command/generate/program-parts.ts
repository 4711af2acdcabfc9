import { createHash } from "node:crypto";
import type { Payload } from "./description/formats.ts";
import { bracketed, type Doc, group, HARD, indent, LINE } from "./source/doc.ts";
import { exampleOf } from "./source/example.ts";
import { jsonLiteral, keyLiteral, stringLiteral } from "./source/literals.ts";

/** Lines of a program, each on its own. */
export function lines(...docs: Doc[]): Doc[] {
  return docs.flatMap((doc, index) => (index === 0 ? [doc] : [HARD, doc]));
}

/** A line inside a block of its own. */
export function indented(line: string): string {
  return `  ${line}`;
}

/** `{` lines `}` */
export function block(head: string, body: readonly Doc[], tail = ""): Doc {
  return [`${head} {`, indent(...body.flatMap((line): Doc[] => [HARD, line])), HARD, `}${tail}`];
}

/** `name(first, second)` */
export function callOf(name: string, args: readonly Doc[]): Doc {
  return [name, "(", group(...args.flatMap((arg, index): Doc[] => (index === 0 ? [arg] : [", ", arg]))), ")"];
}

/** The values that a call of a function takes: none, an example payload, or example parameters. */
export function exampleArguments(payload: Payload): Doc[] {
  switch (payload.kind) {
    case "none":
      return [];
    case "payload":
      return [jsonLiteral(exampleOf(payload.format))];
    case "parameters": {
      const members = [...payload.formats].map(
        ([name, format]): Doc => [keyLiteral(name), ": ", jsonLiteral(exampleOf(format))],
      );
      return [bracketed("{", members, "}", LINE)];
    }
  }
}

/** An object literal of strings and other values, with a line for each. */
export function record(members: Readonly<Record<string, Doc>>): Doc {
  const docs = Object.entries(members).map(([key, value]): Doc => [keyLiteral(key), ": ", value]);
  return ["{", indent(...docs.flatMap((doc): Doc[] => [HARD, doc, ","])), HARD, "}"];
}

/** A uuid that is always the same for the same text, so that a program that is generated again is the same service. */
export function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const CLASSES = ["SmartObject", "Application", "Gateway"];

/** Whether a client can be what the self-description says that the service is; if not, it is taken as a smart object. */
export function hasClass({ type }: { readonly type: string }): boolean {
  return CLASSES.includes(type);
}

export function classOf(service: { readonly type: string }): string {
  return hasClass(service) ? service.type : "SmartObject";
}

/** The identity of a client, as an object literal. The token is no secret of the machine: it is made up. */
export function identity(identity: {
  readonly type: string;
  readonly uuid: string;
  readonly name: string;
  readonly description: string;
}): Doc {
  const { uuid, name, description } = identity;
  return record({
    type: stringLiteral(classOf(identity)),
    uuid: stringLiteral(uuid),
    name: stringLiteral(name),
    description: stringLiteral(description.trim() === "" ? name : description),
    token: `process.env["MSB_TOKEN"] ?? ${stringLiteral(uuidOf(uuid).slice(0, 8))}`,
  });
}

/** Runs `main()`; if it fails, says why, and ends. */
export const RUN_MAIN: Doc = block(
  "main().catch((error: unknown) =>",
  ["console.error(error);", "process.exitCode = 1;", "void client.disconnect();"],
  ");",
);

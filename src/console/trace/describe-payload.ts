import type { Node } from "jsonc-parser";
import { countOf } from "../data/amounts.ts";
import type { TraceEntry } from "../data/types.ts";
import { membersOf, sourceOf, splitMessage, treeOf } from "./json-text.ts";

/** One value of a message, and what it is called there; a message that is one value has no name for it. */
export interface Member {
  readonly name: string;
  readonly value: string;
}

/** What fits on a wide screen. */
const MAX_MEMBERS = 12;
const MAX_ITEMS = 5;
const MAX_TEXT = 60;
const MAX_RAW = 300;
/** Objects inside of objects that are taken apart. */
const MAX_LEVELS = 2;

/** What a message says, for people: its values, not its JSON. */
export function describePayload({ kind, text, size, isCut }: TraceEntry): readonly Member[] {
  const { letter, json } = splitMessage(text);
  const tree = treeOf(json, isCut);
  if (tree === undefined || letter !== kind) {
    return text === "" ? [] : [{ name: "", value: clip(text, MAX_RAW) }];
  }
  const message = membersOf(tree);
  switch (kind) {
    case "R":
      return describeRegistration(message, isCut ? size : undefined);
    case "C": {
      const parameters = message.get("functionParameters");
      return flatten(json, parameters, isUnmistakable(membersOf(parameters)) ? "dataObject" : undefined);
    }
    case "K":
      return flatten(json, message.get("params"));
    default:
      return flatten(json, message.get("dataObject"));
  }
}

/** @param size of a message that the trace has not whole: then nobody can count. */
function describeRegistration(message: ReadonlyMap<string, Node>, size: number | undefined) {
  const members = [{ name: "", value: String(message.get("@class")?.value ?? "") }];
  if (size !== undefined) {
    return [...members, { name: "", value: countOf(size, "character") }];
  }
  const configuration = membersOf(message.get("configuration")).get("parameters");
  const counts = [
    [message.get("events")?.children?.length ?? 0, "event"],
    [message.get("functions")?.children?.length ?? 0, "function"],
    [configuration?.children?.length ?? 0, "parameter"],
    [message.get("services")?.children?.length ?? 0, "service"],
  ] as const;
  return [
    ...members,
    ...counts
      .filter(([count]) => count > 0)
      .map(([count, what]) => ({ name: "", value: countOf(count, what) })),
  ];
}

/** Whether the members of the value have other names than the parameters beside it. */
function isUnmistakable(parameters: ReadonlyMap<string, Node>): boolean {
  return [...membersOf(parameters.get("dataObject")).keys()].every((name) => !parameters.has(name));
}

/** @param unnamed a member whose own name says nothing */
function flatten(json: string, node: Node | undefined, unnamed?: string): readonly Member[] {
  const members: Member[] = [];
  const add = (each: Node, name: string, level: number) => {
    if (members.length >= MAX_MEMBERS) {
      return;
    }
    const inside = level < MAX_LEVELS ? membersOf(each) : new Map<string, Node>();
    if (inside.size === 0) {
      members.push({ name, value: shortValue(json, each) });
    }
    for (const [below, value] of inside) {
      if (level === 0 && below === unnamed) {
        add(value, "", 0);
        continue;
      }
      add(value, name === "" ? below : `${name}.${below}`, level + 1);
    }
  };
  if (node !== undefined) {
    add(node, "", 0);
  }
  return members.length === MAX_MEMBERS ? [...members, { name: "", value: "…" }] : members;
}

function shortValue(json: string, node: Node): string {
  const { type, children = [] } = node;
  if (type === "string") {
    return readable(String(node.value));
  }
  if (type === "array") {
    const isShort = children.length <= MAX_ITEMS && children.every(({ type: each }) => isScalar(each));
    return isShort
      ? `[${children.map((each) => shortValue(json, each)).join(", ")}]`
      : `[${children.length} items]`;
  }
  return type === "object" ? (children.length === 0 ? "{}" : "{…}") : sourceOf(json, node);
}

function isScalar(type: Node["type"]): boolean {
  return type !== "object" && type !== "array";
}

/** Without quotes, unless it could be taken for something else. */
function readable(text: string): string {
  const isAmbiguous =
    text.trim() !== text || text === "" || /^(?:-?\d[\d.eE+-]*|true|false|null)$/.test(text);
  return isAmbiguous ? JSON.stringify(clip(text, MAX_TEXT)) : clip(text, MAX_TEXT);
}

function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

// JSON as it came: a number that is parsed and written again is not always the same, and the trace may have only its beginning.
import { type Node, type ParseError, parseTree } from "jsonc-parser";

/** The letter of a message, and its JSON. */
export function splitMessage(message: string): { readonly letter: string; readonly json: string } {
  const [, letter = "", json = ""] = /^([RECK])\s*(\{.*)$/s.exec(message) ?? [];
  return json === "" ? { letter: "", json: "" } : { letter, json };
}

/** What stands in JSON; in one that is cut, as far as it goes. `undefined` if it is none. */
export function treeOf(json: string, isCut = false): Node | undefined {
  const errors: ParseError[] = [];
  const tree = json === "" ? undefined : parseTree(json, errors, { disallowComments: true });
  return errors.length === 0 || isCut ? tree : undefined;
}

/** The members of an object; of those with the same name the last counts. */
export function membersOf(node: Node | undefined): ReadonlyMap<string, Node> {
  const members = new Map<string, Node>();
  for (const property of node?.type === "object" ? (node.children ?? []) : []) {
    const [name, value] = property.children ?? [];
    if (name !== undefined && value !== undefined) {
      members.set(String(name.value), value);
    }
  }
  return members;
}

export function sourceOf(json: string, node: Node): string {
  return json.slice(node.offset, node.offset + node.length);
}

const TOKENS = /"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s{}[\],:"]+/gs;

/** The same JSON on several lines. */
export function indent(json: string): string {
  const parts: string[] = [];
  let depth = 0;
  let before = "";
  for (const [token] of json.matchAll(TOKENS)) {
    const isClosing = token === "}" || token === "]";
    depth -= isClosing ? 1 : 0;
    const isEmpty = isClosing && (before === "{" || before === "[");
    if (before === "," || (before === "{" || before === "[" ? !isEmpty : isClosing)) {
      parts.push(`\n${"  ".repeat(Math.max(0, depth))}`);
    }
    parts.push(token === ":" ? ": " : token);
    depth += token === "{" || token === "[" ? 1 : 0;
    before = token;
  }
  return parts.join("");
}

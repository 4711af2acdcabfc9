import { isList, isLosslessNumber, isMembers, type JsonNode } from "../../format/lossless.ts";

const WIDTH = 90;

/** A value as TypeScript writes it: like JSON, but short where that can be read. */
export function toSource(node: JsonNode, indent = ""): string {
  const line = oneLine(node);
  if (indent.length + line.length <= WIDTH || !(isList(node) || isMembers(node))) {
    return line;
  }
  const inner = `${indent}  `;
  const parts = isList(node)
    ? node.map((item) => `${inner}${toSource(item, inner)},`)
    : Object.entries(node).map(([name, value]) => `${inner}${toKey(name)}: ${toSource(value, inner)},`);
  const [open, close] = isList(node) ? "[]" : "{}";
  return [open, ...parts, `${indent}${close}`].join("\n");
}

/** The name of a member of an object literal. */
export function toKey(name: string): string {
  if (name === "__proto__") {
    // Without the brackets it would be the prototype.
    return '["__proto__"]';
  }
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

function oneLine(node: JsonNode): string {
  if (isLosslessNumber(node)) {
    return node.value;
  }
  if (isList(node)) {
    return `[${node.map(oneLine).join(", ")}]`;
  }
  if (isMembers(node)) {
    const members = Object.entries(node).map(([name, value]) => `${toKey(name)}: ${oneLine(value)}`);
    return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
  }
  return JSON.stringify(node);
}

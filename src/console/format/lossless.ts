import { isLosslessNumber, LosslessNumber, parse, stringify } from "lossless-json";
import { isRecord } from "../../support/is-record.ts";

export { isLosslessNumber, LosslessNumber };

/** A JSON value whose numbers are the digits that were typed: `JSON.parse()` makes `9007199254740992` of `…993`. */
export type JsonNode = null | boolean | string | LosslessNumber | readonly JsonNode[] | JsonMembers;
export interface JsonMembers {
  readonly [name: string]: JsonNode;
}

/** @throws {SyntaxError} if it is not JSON, or names a member of an object twice. */
export function parseNode(json: string): JsonNode {
  return parse(json) as JsonNode;
}

/** @param indent 0 for one line. */
export function writeNode(node: JsonNode, indent = 2): string {
  return stringify(node, null, indent) ?? "null";
}

/** A value that JavaScript holds anyway, such as an example. */
export function nodeOf(value: unknown): JsonNode {
  return parseNode(JSON.stringify(value) ?? "null");
}

export function isMembers(node: JsonNode | undefined): node is JsonMembers {
  return isRecord(node) && !Array.isArray(node) && !isLosslessNumber(node);
}

export function isList(node: JsonNode | undefined): node is readonly JsonNode[] {
  return Array.isArray(node);
}

export function memberOf(node: JsonNode | undefined, name: string): JsonNode | undefined {
  return isMembers(node) && Object.hasOwn(node, name) ? node[name] : undefined;
}

/**
 * The same object with another member; `undefined` leaves it out.
 * @param order the names in the order in which they should stand; others follow.
 */
export function withMember(
  node: JsonNode | undefined,
  name: string,
  value: JsonNode | undefined,
  order: readonly string[] = [],
): JsonMembers {
  const members = new Map(isMembers(node) ? Object.entries(node) : []);
  if (value === undefined) {
    members.delete(name);
  } else {
    members.set(name, value);
  }
  const place = (each: string) => (order.includes(each) ? order.indexOf(each) : order.length);
  return Object.fromEntries([...members].sort(([a], [b]) => place(a) - place(b)));
}

/** The same array with another item; `undefined` takes it out. */
export function withItem(
  node: JsonNode | undefined,
  index: number,
  value: JsonNode | undefined,
): readonly JsonNode[] {
  const items = isList(node) ? [...node] : [];
  items.splice(index, 1, ...(value === undefined ? [] : [value]));
  return items;
}

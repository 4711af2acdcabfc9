import { isList, isLosslessNumber, isMembers, type JsonNode, parseNode, writeNode } from "./lossless.ts";

/** Members that are named one by one; of more only the number is said. */
const MAX_PARTS = 12;

/**
 * A value as people read it: `celsius 21.2 · state idle`.
 * @param json what is known of it; the beginning if it is long.
 * @param isWhole whether that is all.
 */
export function readable(json: string, isWhole = true): string {
  try {
    const parts = partsOf(parseNode(isWhole ? json : closed(json)), "");
    const shown = parts.slice(0, MAX_PARTS);
    return [...shown, ...(isWhole && parts.length === shown.length ? [] : ["…"])].join(" · ");
  } catch {
    return isWhole ? json : `${json}…`;
  }
}

function partsOf(node: JsonNode, name: string): string[] {
  const named = (text: string) => (name === "" ? text : `${name} ${text}`);
  if (isMembers(node)) {
    const members = Object.entries(node);
    return members.length === 0
      ? [named("nothing in it")]
      : members.flatMap(([each, value]) => partsOf(value, name === "" ? each : `${name}.${each}`));
  }
  if (isList(node)) {
    const isFlat = node.every((item) => !isList(item) && !isMembers(item));
    return isFlat
      ? [named(`[${node.map((item) => leaf(item)).join(", ")}]`)]
      : [named(`(${node.length})`), ...node.flatMap((item, index) => partsOf(item, `${name}[${index}]`))];
  }
  return [named(leaf(node))];
}

function leaf(node: JsonNode): string {
  if (isLosslessNumber(node)) {
    return node.value;
  }
  return typeof node === "string" ? node || '""' : writeNode(node, 0);
}

/** JSON that was cut somewhere, up to its last whole value, with what closes it. */
function closed(json: string): string {
  const open: string[] = [];
  let isText = false;
  let end = { at: 0, open: [] as readonly string[] };
  for (let at = 0; at < json.length; at += 1) {
    const letter = json[at] ?? "";
    if (isText) {
      at += letter === "\\" ? 1 : 0;
      isText = letter !== '"';
    } else if (letter === '"') {
      isText = true;
    } else if (letter === "{" || letter === "[") {
      open.push(letter === "{" ? "}" : "]");
      end = { at: at + 1, open: [...open] };
    } else if (letter === "}" || letter === "]") {
      open.pop();
      end = { at: at + 1, open: [...open] };
    } else if (letter === ",") {
      end = { at, open: [...open] };
    }
  }
  // Text alone has no place to be cut at but its end.
  return end.at === 0 && json.startsWith('"')
    ? JSON.stringify(json.slice(1).replace(/\\.?$/, ""))
    : json.slice(0, end.at) + [...end.open].reverse().join("");
}

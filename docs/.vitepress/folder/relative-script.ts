import { parseAst } from "rollup/parseAst";
import { PLACEHOLDER } from "./placeholder.ts";

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly value?: unknown;
}

/** A script in which each string that names the placeholder has the site's own path there, which `start.js` finds out. */
export function relativeScript(code: string): string {
  if (!code.includes(PLACEHOLDER)) {
    return code;
  }
  const changes = [...nodesOf(parseAst(code))].flatMap((node) => {
    const source = code.slice(node.start, node.end);
    if (!source.includes(PLACEHOLDER)) {
      return [];
    }
    if (node.type === "Literal" && typeof node.value === "string") {
      return [
        {
          ...node,
          text: `(${node.value
            .split(PLACEHOLDER)
            .map((part) => JSON.stringify(part))
            .join("+siteRoot+")})`,
        },
      ];
    }
    return node.type === "TemplateElement"
      ? [{ ...node, text: source.replaceAll(PLACEHOLDER, "${siteRoot}") }]
      : [];
  });
  return changes
    .sort((one, other) => other.start - one.start)
    .reduce((text, { start, end, text: changed }) => text.slice(0, start) + changed + text.slice(end), code);
}

function* nodesOf(value: unknown): Generator<Node> {
  if (typeof value === "object" && value !== null) {
    if ("type" in value && "start" in value) {
      yield value as Node;
    }
    for (const inside of Object.values(value)) {
      yield* nodesOf(inside);
    }
  }
}

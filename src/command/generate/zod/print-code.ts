import { bracketed, type Doc, group, HARD, indent, SOFT, stacked } from "../source/doc.ts";
import { docComment, jsonLiteral, keyLiteral, patternLiteral } from "../source/literals.ts";
import type { Code, Property } from "./code.ts";

/** The source of a piece of code. */
export function printCode(code: Code): Doc {
  switch (code.kind) {
    case "json":
      return jsonLiteral(code.value);
    case "pattern":
      return patternLiteral(code.pattern);
    case "constant":
      return code.isLazy ? `z.lazy((): z.ZodType => ${code.definition.constant})` : code.definition.constant;
    case "array":
      return bracketed("[", code.items.map(printCode), "]", SOFT);
    case "shape":
      return stacked("{", code.properties.map(printProperty), "}");
    case "call":
      return printChain(code);
  }
}

/** One call stands behind its object; several of them get a line each if they are too long for one. */
function printChain(code: Code & { kind: "call" }): Doc {
  const links: Doc[] = [];
  let start: Code | undefined = code;
  let name = "";
  while (start?.kind === "call") {
    const path = start.name.split(".");
    links.unshift([`.${path.pop()}`, printArguments(start.args)]);
    name = start.on === undefined ? ["z", ...path].join(".") : "";
    start = start.on;
  }
  const object = start === undefined ? name : printCode(start);
  return links.length < 2
    ? [object, ...links]
    : group(object, indent(...links.map((link): Doc => [SOFT, link])));
}

function printArguments(args: readonly Code[]): Doc {
  const printed = args.map(printCode);
  const [only] = args;
  // The brackets of a single literal stand inside the parentheses.
  const isHugged = args.length === 1 && (only?.kind === "shape" || only?.kind === "array" || isNested(only));
  return isHugged ? ["(", ...printed, ")"] : bracketed("(", printed, ")", SOFT);
}

function isNested(code: Code | undefined): boolean {
  return code?.kind === "json" && typeof code.value === "object" && code.value !== null;
}

function printProperty({ name, code, isGetter, description }: Property): Doc {
  const key = keyLiteral(name);
  const body: Doc = isGetter
    ? [`get ${key}() {`, indent(HARD, "return ", printCode(code), ";"), HARD, "}"]
    : [key, ": ", printCode(code)];
  return [...docComment(description), body];
}

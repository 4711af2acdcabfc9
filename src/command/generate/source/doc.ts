/** Text that is laid out when it is printed: a group stands on one line if it fits, and has all its lines broken if not. */
export type Doc =
  | string
  | readonly Doc[]
  | { readonly kind: "group" | "indent"; readonly content: Doc }
  /** A line break; unbroken it is nothing (`soft`) or a space (`line`). A `hard` one is always broken, and what is around it. */
  | { readonly kind: "soft" | "line" | "hard" }
  /** Only where the group is broken: a trailing comma. */
  | { readonly kind: "broken"; readonly content: string };

export const SOFT: Doc = { kind: "soft" };
export const LINE: Doc = { kind: "line" };
export const HARD: Doc = { kind: "hard" };
const COMMA: Doc = { kind: "broken", content: "," };

export function group(...content: Doc[]): Doc {
  return { kind: "group", content };
}

export function indent(...content: Doc[]): Doc {
  return { kind: "indent", content };
}

function join(separator: Doc, parts: readonly Doc[]): Doc[] {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part]));
}

/** `(a, b)`, `[a, b]` or `{ a, b }`, on one line or with a line for each. `edge` is what stands beside the brackets. */
export function bracketed(open: string, parts: readonly Doc[], close: string, edge: Doc): Doc {
  return parts.length === 0
    ? open + close
    : group(open, indent(edge, join([",", LINE], parts)), COMMA, edge, close);
}

/** The same with a line for each, always. */
export function stacked(open: string, parts: readonly Doc[], close: string): Doc {
  return parts.length === 0
    ? open + close
    : [open, indent(...parts.map((part): Doc => [HARD, part, ","])), HARD, close];
}

const WIDTH = 100;
const STEP = "  ";

interface Printing {
  readonly doc: Doc;
  readonly depth: number;
  readonly isBroken: boolean;
}

/** Lays a text out in lines of at most 100 characters, as far as it can be broken. */
export function print(doc: Doc): string {
  let text = "";
  let column = 0;
  const write = (part: string): void => {
    text += part;
    column = part.includes("\n") ? part.length - part.lastIndexOf("\n") - 1 : column + part.length;
  };
  const rest: Printing[] = [{ doc, depth: 0, isBroken: true }];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const { doc: part, depth, isBroken } = next;
    if (typeof part === "string") {
      write(part);
    } else if (!("kind" in part)) {
      rest.push(...part.map((each) => ({ doc: each, depth, isBroken })).reverse());
    } else if (part.kind === "group") {
      const isTooLong = !fits(part.content, WIDTH - column - widthUntilBreak(rest));
      rest.push({ doc: part.content, depth, isBroken: isTooLong });
    } else if (part.kind === "indent") {
      rest.push({ doc: part.content, depth: depth + 1, isBroken });
    } else if (part.kind === "broken") {
      write(isBroken ? part.content : "");
    } else if (isBroken) {
      write(`\n${STEP.repeat(depth)}`);
    } else {
      write(part.kind === "line" ? " " : "");
    }
  }
  // No line ends with the indentation of an empty one.
  return text.replace(/ +$/gm, "");
}

/** How much more stands on the line, up to the next place where it is broken. */
function widthUntilBreak(rest: readonly Printing[]): number {
  let width = 0;
  for (let index = rest.length - 1; index >= 0; index -= 1) {
    const { doc, isBroken } = rest[index] as Printing;
    const [more, isOver] = widthOf(doc, isBroken);
    width += more;
    if (isOver) {
      break;
    }
  }
  return width;
}

/** The width of what stands before the first line break, and whether there is one. */
function widthOf(doc: Doc, isBroken: boolean): readonly [width: number, isOver: boolean] {
  if (typeof doc === "string") {
    return [doc.length, false];
  }
  if (!("kind" in doc)) {
    let width = 0;
    for (const part of doc) {
      const [more, isOver] = widthOf(part, isBroken);
      width += more;
      if (isOver) {
        return [width, true];
      }
    }
    return [width, false];
  }
  switch (doc.kind) {
    case "group":
      return widthOf(doc.content, false);
    case "indent":
      return widthOf(doc.content, isBroken);
    case "broken":
      return [isBroken ? doc.content.length : 0, false];
    default:
      return isBroken || doc.kind === "hard" ? [0, true] : [doc.kind === "line" ? 1 : 0, false];
  }
}

/** Whether something stands on one line of this width. */
function fits(doc: Doc, width: number): boolean {
  let left = width;
  const rest: Doc[] = [doc];
  for (let part = rest.pop(); part !== undefined; part = rest.pop()) {
    if (typeof part === "string") {
      left -= part.length;
    } else if (!("kind" in part)) {
      rest.push(...[...part].reverse());
    } else if (part.kind === "group" || part.kind === "indent") {
      rest.push(part.content);
    } else if (part.kind === "hard") {
      return false;
    } else if (part.kind === "line") {
      left -= 1;
    }
    if (left < 0) {
      return false;
    }
  }
  return true;
}

import { readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  noEmit: true,
  types: [],
};

export interface TypeNames {
  /** What users can import from one of the entries. */
  readonly exported: readonly string[];
  /** What a declaration of these mentions, and users cannot import; as `file: name, mentioned by …`. */
  readonly hidden: readonly string[];
}

/** Follows the declarations of the entries from name to name. */
export function readTypeNames(folder: string, entries: readonly string[]): TypeNames {
  const files = readdirSync(folder).filter((name) => name.endsWith(".d.ts"));
  const program = ts.createProgram(
    files.map((name) => join(folder, name)),
    OPTIONS,
  );
  const checker = program.getTypeChecker();
  const real = (symbol: ts.Symbol): ts.Symbol =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const exportsOf = (entry: string): ts.Symbol[] => {
    const file = program.getSourceFile(join(folder, `${entry}.d.ts`));
    const module = file && checker.getSymbolAtLocation(file);
    if (module === undefined) {
      throw new Error(`${entry}.d.ts is not there.`);
    }
    return checker.getExportsOfModule(module).map(real);
  };

  const exported = new Set(entries.flatMap(exportsOf));
  const hidden = new Map<ts.Symbol, string>();
  const queue = [...exported];
  const seen = new Set(queue);
  const reach = (name: ts.Node, by: ts.Symbol): void => {
    const found = checker.getSymbolAtLocation(name);
    const symbol = found && real(found);
    const isOurs = symbol?.declarations?.some((each) => isOnTop(each) && isIn(each, folder)) ?? false;
    if (symbol === undefined || !isOurs || seen.has(symbol)) {
      return;
    }
    seen.add(symbol);
    queue.push(symbol);
    if (!exported.has(symbol)) {
      hidden.set(symbol, `${symbol.name}, mentioned by ${by.name}`);
    }
  };
  for (let symbol = queue.shift(); symbol !== undefined; symbol = queue.shift()) {
    const by = symbol;
    for (const declaration of by.declarations ?? []) {
      visitNames(declaration, (name) => reach(name, by));
    }
  }
  return { exported: [...exported].map(({ name }) => name), hidden: [...hidden.values()].sort() };
}

function visitNames(node: ts.Node, visit: (name: ts.Node) => void): void {
  ts.forEachChild(node, (child) => {
    const name = ts.isTypeReferenceNode(child)
      ? child.typeName
      : ts.isExpressionWithTypeArguments(child)
        ? child.expression
        : undefined;
    // `OptionsOf<typeof TABLE>`: the compiler has the properties then, and no name to write.
    if (name !== undefined && (child as ts.TypeReferenceNode).typeArguments?.some(ts.isTypeQueryNode)) {
      return;
    }
    if (name !== undefined) {
      visit(name);
    }
    visitNames(child, visit);
  });
}

/** Not so for type parameters. */
function isOnTop(declaration: ts.Declaration): boolean {
  return ts.isSourceFile(declaration.parent);
}

function isIn(node: ts.Node, folder: string): boolean {
  return node.getSourceFile().fileName.startsWith(folder);
}

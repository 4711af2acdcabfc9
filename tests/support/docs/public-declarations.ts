import ts from "typescript";

/** An `@example` of a doc comment. */
export interface Example {
  readonly file: string;
  /** What it is an example of, such as `MsbClient.connect`. */
  readonly name: string;
  /** The line of the file on which the first line of the code stands, from 1. */
  readonly line: number;
  readonly code: string;
}

/** Something that users call. */
export interface Callable {
  readonly file: string;
  readonly name: string;
  readonly line: number;
  readonly examples: readonly Example[];
}

/**
 * What users call of what these modules export: functions, the methods of classes and interfaces, and classes that are
 * exported as values, which are constructed or looked for with `instanceof`. Overloads are one.
 * @param implementedByUsers interfaces that users write and the library calls: one example of the whole is enough
 */
export function publicCallables(
  program: ts.Program,
  entries: readonly string[],
  implementedByUsers: ReadonlySet<string>,
): Callable[] {
  const checker = program.getTypeChecker();
  const found = new Map<string, Callable>();
  const add = (name: string, declarations: readonly ts.Node[]): void => {
    const [first] = declarations;
    if (first !== undefined) {
      const examples = declarations.flatMap((declaration) => examplesOf(name, declaration));
      found.set(name, { ...placeOf(first), name, examples });
    }
  };
  const allExported = entries.flatMap((entry) => exportsOf(program, checker, entry));
  for (const exported of allExported) {
    const { name } = exported;
    const declarations = (exported.declarations ?? []).filter((declaration) => !isInternal(declaration));
    if (implementedByUsers.has(name) || declarations.some(isFunction)) {
      add(name, declarations);
    }
    for (const declaration of declarations.filter(isClassOrInterface)) {
      const members = [declaration, ...hiddenBasesOf(checker, declaration, allExported)].flatMap(
        (each): readonly ts.Node[] => each.members,
      );
      const methods = implementedByUsers.has(name) ? [] : members.filter(isPublicMethod);
      for (const method of new Set(methods.map((member) => member.name.getText()))) {
        const overloads = methods.filter((member) => member.name.getText() === method);
        add(`${name}${method.startsWith("[") ? "" : "."}${method}`, overloads);
      }
      const constructors = declaration.members.filter(ts.isConstructorDeclaration);
      if (ts.isClassDeclaration(declaration) && !constructors.some(isInternal)) {
        add(name, [declaration, ...constructors]);
      }
    }
  }
  return [...found.values()];
}

function exportsOf(program: ts.Program, checker: ts.TypeChecker, entry: string): ts.Symbol[] {
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) {
    throw new Error(`${entry} is not a module of the program.`);
  }
  return checker
    .getExportsOfModule(module)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol));
}

/** The classes above a class that are not exported themselves: users see their methods as its own. */
function hiddenBasesOf(
  checker: ts.TypeChecker,
  declaration: ts.ClassDeclaration | ts.InterfaceDeclaration,
  exported: readonly ts.Symbol[],
): ts.ClassDeclaration[] {
  const [base] = (declaration.heritageClauses ?? []).flatMap(({ types }) => [...types]);
  const symbol = base && checker.getTypeAtLocation(base).getSymbol();
  const above = symbol?.declarations?.find(ts.isClassDeclaration);
  return symbol === undefined || above === undefined || exported.includes(symbol)
    ? []
    : [above, ...hiddenBasesOf(checker, above, exported)];
}

function isClassOrInterface(node: ts.Node): node is ts.ClassDeclaration | ts.InterfaceDeclaration {
  return ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node);
}

/** Also a constant with a function in it. */
function isFunction(node: ts.Node): boolean {
  return (
    ts.isFunctionDeclaration(node) ||
    (ts.isVariableDeclaration(node) && node.initializer !== undefined && ts.isArrowFunction(node.initializer))
  );
}

function isPublicMethod(member: ts.Node): member is ts.MethodDeclaration | ts.MethodSignature {
  if (!ts.isMethodDeclaration(member) && !ts.isMethodSignature(member)) {
    return false;
  }
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  return (
    !ts.isPrivateIdentifier(member.name) &&
    (ts.getCombinedModifierFlags(member) & hidden) === 0 &&
    !isInternal(member)
  );
}

function isInternal(node: ts.Node): boolean {
  return ts.getJSDocTags(node).some((tag) => tag.tagName.text === "internal");
}

function examplesOf(name: string, node: ts.Node): Example[] {
  return ts
    .getJSDocTags(node)
    .filter((tag) => tag.tagName.text === "example")
    .map((tag) => {
      const source = tag.getSourceFile();
      const text = source.text.slice(tag.tagName.end, tag.end);
      const lines = text.split("\n").map((line) => line.replace(/^\s*\* ?|\s*\*\/$/g, "").trimEnd());
      const skipped = lines.findIndex((line) => line.trim() !== "");
      const first = source.getLineAndCharacterOfPosition(tag.tagName.end).line + 1;
      return {
        file: source.fileName,
        name,
        line: first + Math.max(0, skipped),
        code: lines.slice(Math.max(0, skipped)).join("\n"),
      };
    });
}

function placeOf(node: ts.Node): { file: string; line: number } {
  const source = node.getSourceFile();
  return {
    file: source.fileName,
    line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1,
  };
}

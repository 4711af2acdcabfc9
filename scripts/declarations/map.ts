import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { decode, encode, type SourceMapMappings } from "@jridgewell/sourcemap-codec";
import ts from "typescript";

/** A source map, as much of it as is needed. */
export interface DeclarationMap {
  readonly version: 3;
  readonly file: string;
  readonly sources: readonly string[];
  readonly names: readonly string[];
  readonly mappings: string;
}

/** A line and a column, counted from 0. */
type Place = ts.LineAndCharacter;

/**
 * The map of a rolled-up declaration file. What the rollup knows is where the declarations themselves come from; an editor that
 * goes to a method or an option needs the names inside, too, and goes astray without them.
 * @param file where the declarations are
 * @param rough the map that the rollup made
 */
export function finerMap(file: string, code: string, rough: DeclarationMap): DeclarationMap {
  const declarations = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const origin = originsIn(file, rough);
  const found: { readonly from: Place; readonly to: Place; readonly source: string }[] = [];

  const add = (declared: ts.Node, source: ts.Node): void => {
    const file = source.getSourceFile();
    found.push({
      from: declarations.getLineAndCharacterOfPosition(nameOf(declared).getStart()),
      to: file.getLineAndCharacterOfPosition(nameOf(source).getStart()),
      source: file.fileName,
    });
  };
  /** What has no counterpart, because the compiler has computed it, leads to what it is in. */
  const addMembers = (declared: ts.Node, source: ts.Node): void => {
    const own = membersOf(source);
    for (const [key, member] of membersOf(declared)) {
      const counterpart = own.get(key);
      add(member, counterpart ?? source);
      addMembers(member, counterpart ?? source);
    }
  };

  for (const declared of declarationsOf(declarations)) {
    const source = origin(declarations.getLineAndCharacterOfPosition(nameOf(declared).getStart()));
    if (source === undefined) {
      throw new Error(`${file}: nobody knows where ${nameOf(declared).getText()} comes from.`);
    }
    add(declared, source);
    addMembers(declared, source);
  }

  const sources = [...new Set(found.map(({ source }) => source))];
  const mappings: SourceMapMappings = Array.from(code.split("\n"), () => []);
  for (const { from, to, source } of found) {
    mappings[from.line]?.push([from.character, sources.indexOf(source), to.line, to.character]);
  }
  for (const line of mappings) {
    line.sort(([a], [b]) => a - b);
  }
  return {
    version: 3,
    file: rough.file,
    sources: sources.map((source) => relative(dirname(file), source)),
    names: [],
    mappings: encode(mappings),
  };
}

/** Looks up which declaration of the sources is at a place. */
function originsIn(
  file: string,
  { sources, mappings }: DeclarationMap,
): (place: Place) => ts.Node | undefined {
  const lines = decode(mappings);
  const files = sources.map((source) => {
    const path = resolve(dirname(file), source);
    return ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  });
  return ({ line, character }) => {
    const segment = lines[line]?.find(([column]) => column === character);
    const [, index, sourceLine, sourceColumn] = segment ?? [];
    const source = index === undefined ? undefined : files[index];
    if (source === undefined || sourceLine === undefined || sourceColumn === undefined) {
      return undefined;
    }
    const position = source.getPositionOfLineAndCharacter(sourceLine, sourceColumn);
    return declarationsOf(source).find((declaration) => nameOf(declaration).getStart() === position);
  };
}

/** The declarations on the top level, one by one. */
function declarationsOf(file: ts.SourceFile): ts.Node[] {
  return file.statements.flatMap((statement): ts.Node[] => {
    if (ts.isVariableStatement(statement)) {
      return [...statement.declarationList.declarations];
    }
    return ts.isDeclarationStatement(statement) && statement.name !== undefined ? [statement] : [];
  });
}

/** The members of a class, an interface, or the types and objects in a declaration; overloads one after the other. */
function membersOf(node: ts.Node): Map<string, ts.Node> {
  const members = new Map<string, ts.Node>();
  const visit = (child: ts.Node): void => {
    if (!isMember(child)) {
      ts.forEachChild(child, visit);
      return;
    }
    const name = ts.isConstructorDeclaration(child) ? "constructor" : nameOf(child).getText();
    for (let number = 0; ; number += 1) {
      const key = `${name} ${number}`;
      if (!members.has(key)) {
        members.set(key, child);
        return;
      }
    }
  };
  ts.forEachChild(node, visit);
  return members;
}

function isMember(node: ts.Node): node is ts.ClassElement | ts.TypeElement | ts.ObjectLiteralElementLike {
  return (
    ts.isConstructorDeclaration(node) ||
    ((ts.isClassElement(node) || ts.isTypeElement(node) || ts.isObjectLiteralElementLike(node)) &&
      node.name !== undefined)
  );
}

function nameOf(node: ts.Node): ts.Node {
  return (node as ts.NamedDeclaration).name ?? node;
}

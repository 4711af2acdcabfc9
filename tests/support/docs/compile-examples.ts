import { join, relative, resolve } from "node:path";
import ts from "typescript";
import { STRICT } from "../types/strict.ts";
import type { Example } from "./public-declarations.ts";

export const ROOT = resolve(import.meta.dirname, "../../..");
const FOLDER = import.meta.dirname;

/** The entries of the package, in the order in which their names are looked up. */
export const ENTRIES = [
  "src/index.ts",
  "src/level-store/index.ts",
  "src/broker/index.ts",
  "src/testing/index.ts",
].map((path) => join(ROOT, path));
const PRELUDE = join(FOLDER, "prelude.ts");

/** A program of the package's entries and its prelude. */
export function publicProgram(): ts.Program {
  return ts.createProgram([...ENTRIES, PRELUDE], STRICT);
}

/**
 * Compiles each example as the body of an async function in a module of its own, in one program.
 * @returns what the compiler says, such as `src/client/event.ts:71 MsbEvent.publish: Cannot find name 'x'.`
 */
export function compileExamples(base: ts.Program, examples: readonly Example[]): string[] {
  const head = `${importsOf(base)} export async function example(): Promise<void> {`;
  const modules = new Map(
    examples.map((example, index) => [
      join(FOLDER, `example-${index}.ts`),
      { example, text: `${head}\n${example.code}\n}\n` },
    ]),
  );
  const host = ts.createCompilerHost(STRICT);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => modules.has(path) || fileExists(path);
  host.readFile = (path) => modules.get(path)?.text ?? readFile(path);
  host.getSourceFile = (path, target, ...rest) => {
    const text = modules.get(path)?.text;
    return text === undefined
      ? (base.getSourceFile(path) ?? getSourceFile(path, target, ...rest))
      : ts.createSourceFile(path, text, target, true);
  };
  const program = ts.createProgram([...ENTRIES, PRELUDE, ...modules.keys()], STRICT, host, base);
  return [...modules].flatMap(([path, { example }]) => {
    const source = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      (diagnostic) => describe(example, diagnostic),
    );
  });
}

/** The names of the package, as users write them, for code that imports them itself. */
const PACKAGE = "msb-client-websocket";
const PATHS = {
  [PACKAGE]: [join(ROOT, "src/index.ts")],
  [`${PACKAGE}/*`]: [join(ROOT, "src/*/index.ts")],
};

/** Compiles a whole file of a document. @returns what the compiler says, such as `line 3: Cannot find name 'x'.` */
export function compileSample(code: string): string[] {
  return compileSamples([code])[0] ?? [];
}

/** The same for several files, in one program. @returns what the compiler says of each */
export function compileSamples(codes: readonly string[]): string[][] {
  const files = new Map(codes.map((code, index) => [join(FOLDER, `sample-${index}.ts`), code]));
  const options = { ...STRICT, paths: PATHS };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.getSourceFile = (name, target, ...rest) => {
    const code = files.get(name);
    return code === undefined
      ? getSourceFile(name, target, ...rest)
      : ts.createSourceFile(name, code, target, true);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].map((path) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(path)).map(({ file, start, messageText }) => {
      const line = (file?.getLineAndCharacterOfPosition(start ?? 0).line ?? 0) + 1;
      return `line ${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    }),
  );
}

/** One line: so line 1 of a module is this, and line 2 the first one of the example. */
function importsOf(program: ts.Program): string {
  const checker = program.getTypeChecker();
  const taken = new Set<string>();
  const imports = [PRELUDE, ...ENTRIES].map((path) => {
    const source = program.getSourceFile(path);
    const symbol = source && checker.getSymbolAtLocation(source);
    const names = (symbol === undefined ? [] : checker.getExportsOfModule(symbol))
      .map(({ name }) => name)
      .filter((name) => !taken.has(name));
    for (const name of names) {
      taken.add(name);
    }
    return `import { ${names.join(", ")} } from ${JSON.stringify(path)};`;
  });
  return imports.join(" ");
}

function describe(
  { file, line, name }: Example,
  { file: source, start, messageText }: ts.Diagnostic,
): string {
  const inModule = source?.getLineAndCharacterOfPosition(start ?? 0).line ?? 1;
  const message = ts.flattenDiagnosticMessageText(messageText, "\n");
  return `${relative(ROOT, file)}:${line + inModule - 1} ${name}: ${message}`;
}

import { join, resolve } from "node:path";
import ts from "typescript";
import * as z from "zod";
import * as msb from "../../../../src/index.ts";
import { type AnyContract, MsbClient, type SelfDescriptionJson } from "../../../../src/index.ts";
import { STRICT } from "../../types/strict.ts";

const ROOT = resolve(import.meta.dirname, "../../../..");

const OPTIONS: ts.CompilerOptions = {
  ...STRICT,
  noUnusedLocals: true,
  noImplicitReturns: true,
  noPropertyAccessFromIndexSignature: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  paths: { "msb-client-websocket": [join(ROOT, "src/index.ts")] },
};

/** Runs the source of a module that imports nothing but this library and zod. @returns what it exports */
export function runModule(source: string): Record<string, unknown> {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      esModuleInterop: true,
    },
  });
  const modules: Readonly<Record<string, object>> = { zod: z, "msb-client-websocket": msb };
  const exported = {};
  new Function("require", "exports", outputText)((name: string) => modules[name], exported);
  return exported;
}

/** What a strict compiler says about programs, each a file of its own. */
export function compile(sources: Readonly<Record<string, string>>): string[] {
  const files = new Map(
    Object.entries(sources).map(([name, source]) => [join(import.meta.dirname, name), source]),
  );
  const host = ts.createCompilerHost(OPTIONS);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.getSourceFile = (path, target, ...rest) => {
    const text = files.get(path);
    return text === undefined
      ? getSourceFile(path, target, ...rest)
      : ts.createSourceFile(path, text, target, true);
  };
  const program = ts.createProgram([...files.keys()], OPTIONS, host);
  return [...files.keys()].flatMap((path) => {
    const file = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ file: where, start = 0, messageText }) => {
        const line = (where?.getLineAndCharacterOfPosition(start).line ?? 0) + 1;
        return `${path.slice(import.meta.dirname.length + 1)}:${line} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
      },
    );
  });
}

/** The contracts among what a module exports. */
export function contractsIn(exported: Readonly<Record<string, unknown>>): AnyContract[] {
  return Object.values(exported).filter((value) => isContract(value));
}

function isContract(value: unknown): value is AnyContract {
  return typeof value === "object" && value !== null && "checked" in value && "events" in value;
}

/** What a service says of itself that implements a contract. */
export function describeImplementation(
  contract: AnyContract,
  { uuid = "u", name = "n", description = "d", token = "t" } = {},
): SelfDescriptionJson {
  const client = new MsbClient("SmartObject", uuid, name, description || "d", token, { logLevel: "silent" });
  const handlers = Object.fromEntries(Object.keys(contract.functions).map((id) => [id, () => {}]));
  client.implement(contract, handlers as never);
  return client.getSelfDescription();
}

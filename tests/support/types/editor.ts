import { join, resolve } from "node:path";
import ts from "typescript";

const ROOT = resolve(import.meta.dirname, "../../..");
const FILE = join(import.meta.dirname, "program-of-a-user.ts");

/** What a user's editor knows of a program that imports the package: TypeScript's language service. */
export interface Editor {
  /** What it proposes at the place of `|` in the code. */
  proposals(code: string): readonly string[];
  /** What it says about the code. */
  errors(code: string): readonly string[];
}

/** @param head what comes before every piece of code */
export function openEditor(head: string): Editor {
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile);
  const settings = { ...config, include: [], files: [], compilerOptions: { ...config.compilerOptions } };
  const { options } = ts.parseJsonConfigFileContent(settings, ts.sys, ROOT);
  let text = "";
  let version = 0;
  const service = ts.createLanguageService({
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    getScriptFileNames: () => [FILE],
    getScriptVersion: (path) => (path === FILE ? String(version) : "0"),
    getScriptSnapshot: (path) => {
      const content = path === FILE ? text : ts.sys.readFile(path);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => ROOT,
    getCompilationSettings: () => ({ ...options, noUnusedLocals: false, noUnusedParameters: false }),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
  });
  const open = (code: string): void => {
    text = `${head}\n${code}\n`;
    version += 1;
  };
  return {
    proposals(code) {
      const place = code.indexOf("|");
      open(code.slice(0, place) + code.slice(place + 1));
      const completions = service.getCompletionsAtPosition(FILE, head.length + 1 + place, {});
      return (completions?.entries ?? []).map(({ name }) => name);
    },
    errors(code) {
      open(code);
      const found = [...service.getSyntacticDiagnostics(FILE), ...service.getSemanticDiagnostics(FILE)];
      return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
    },
  };
}

import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ROOT } from "./package.ts";
import { run } from "./program.ts";

const TSC = createRequire(import.meta.url).resolve("typescript/bin/tsc");

/**
 * Compiles JavaScript of documents where the package is installed, strictly, but for what only TypeScript could say.
 * @returns what the compiler says
 */
export async function checkJavaScript(folder: string, files: readonly string[]): Promise<string[]> {
  const project = join(folder, `check-${files[0]}.json`);
  const compilerOptions = {
    allowJs: true,
    checkJs: true,
    noEmit: true,
    module: "nodenext",
    target: "es2022",
    lib: ["es2023", "dom", "dom.iterable"],
    strict: true,
    noImplicitAny: false,
    useUnknownInCatchVariables: false,
    skipLibCheck: true,
    typeRoots: [join(ROOT, "node_modules/@types")],
    types: ["node"],
  };
  await writeFile(project, JSON.stringify({ compilerOptions, files }));
  const { output } = await run(process.execPath, [TSC, "-p", project], { cwd: folder });
  // JavaScript has no way to say that an element of its own page is there.
  return output.split("\n").filter((line) => line !== "" && !line.includes("error TS2531"));
}

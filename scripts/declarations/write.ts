// The declarations of the entries, with maps that lead to the sources: tsup's own rollup of declarations makes none.
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";
import { type DeclarationMap, finerMap } from "./map.ts";

const FOLDER = "dist";

/** The entries of package.json, and the sources that they are. */
const ENTRIES = {
  index: "src/index.ts",
  "level-store": "src/level-store/index.ts",
  broker: "src/broker/index.ts",
  testing: "src/testing/index.ts",
};

const bundle = await rollup({
  input: ENTRIES,
  external: [/^node:/, /^zod\b/],
  onwarn({ message }) {
    throw new Error(message);
  },
  plugins: [
    dts({
      sourcemap: true,
      compilerOptions: {
        noEmit: false,
        declarationMap: true,
        // What only the parts of the client call on each other is not offered to users.
        stripInternal: true,
      },
    }),
  ],
});
const { output } = await bundle.generate({
  dir: FOLDER,
  format: "es",
  entryFileNames: "[name].d.ts",
  chunkFileNames: "[name].d.ts",
  minifyInternalExports: false,
  sourcemap: true,
  // `Symbol.asyncDispose`: not every user's `lib` has it.
  banner: '/// <reference lib="esnext.disposable" />',
});
await bundle.close();

for (const chunk of output) {
  if (chunk.type !== "chunk" || chunk.map === null) {
    continue;
  }
  const name = chunk.fileName.replace(/\.d\.ts$/, "");
  const code = chunk.isEntry ? withTypesMarked(chunk.code, await valuesOf(name)) : chunk.code;
  const map = finerMap(join(FOLDER, chunk.fileName), code, chunk.map as unknown as DeclarationMap);
  await write(`${name}.d.ts`, code, map);
  // The same for those who `require`: whose files are CommonJS have declarations that say so.
  await write(`${name}.d.cts`, code.replaceAll(/(["']\.\/[\w-]+)\.js(["'])/g, "$1.cjs$2"), map);
}

async function write(file: string, code: string, map: DeclarationMap): Promise<void> {
  await writeFile(
    join(FOLDER, file),
    `${code.replace(/\n\/\/# sourceMappingURL=.*/, "").trimEnd()}\n//# sourceMappingURL=${file}.map\n`,
  );
  await writeFile(join(FOLDER, `${file}.map`), JSON.stringify({ ...map, file }));
}

/** What an entry exports when it runs. */
async function valuesOf(name: string): Promise<ReadonlySet<string>> {
  return new Set(Object.keys(await import(pathToFileURL(resolve(FOLDER, `${name}.js`)).href)));
}

/** The rollup forgets `export type`: a class of which users only get the type would look as if they could call it. */
function withTypesMarked(code: string, values: ReadonlySet<string>): string {
  return code.replaceAll(/^export \{([^}]*)\}/gm, (_statement, names: string) => {
    const marked = names.split(",").map((each) => {
      const name =
        each
          .trim()
          .split(/\s+as\s+/)
          .at(-1) ?? "";
      return values.has(name) || name === "" ? each.trim() : `type ${each.trim()}`;
    });
    return `export { ${marked.join(", ")} }`;
  });
}

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, inject, test } from "vitest";
import { bundle } from "../support/package/bundle.ts";
import { rollUp } from "../support/package/rollup.ts";

const BUNDLERS = {
  esbuild: async (entry: string) => (await bundle(entry, { minify: true })).code,
  Rollup: rollUp,
};

describe.each(["esbuild", "Rollup"] as const)("a page that %s bundles", (bundler) => {
  const bundled = async (name: string, code: string): Promise<string> => {
    const entry = join(inject("consumer"), `${name}.${bundler}.js`);
    await writeFile(entry, code);
    return BUNDLERS[bundler](entry);
  };

  test.each([
    ...["DataType", "MsbError", "MsbDefinitionError", "MsbRefusedError"],
    ...["exponentialBackoff", "isomorphicSocket", "nodeSocket"],
  ])("grows by less than 1 kB if it imports nothing but %s", async (name) => {
    const code = await bundled(name, `import { ${name} } from "msb-client-websocket"; console.log(${name});`);
    const gzipped = gzipSync(code).length;
    console.log(`Nothing but ${name}, ${bundler}: ${code.length} bytes, gzipped ${gzipped}.`);
    expect(code).toContain("console.log(");
    expect(gzipped).toBeLessThan(1_000);
  });

  // An import of types in which `verbatimModuleSyntax` leaves the file, but no name.
  test("does not grow by an import of types", async () => {
    expect((await bundled("types", 'import {} from "msb-client-websocket";')).trim()).toBe("");
  });

  test("has the client if it imports that", async () => {
    const code = await bundled(
      "client",
      'import { DataType, MsbClient, MsbError } from "msb-client-websocket"; console.log(MsbClient, DataType, MsbError);',
    );
    expect(code).toContain("IO_CONNECTED");
  });
});

// The code of the guides, with the packed package: it compiles, and is that of the examples.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { transform } from "esbuild";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { documentSample } from "../support/docs/document-sample.ts";
import { type GuideBlock, guideBlocks } from "../support/docs/guide.ts";
import { exampleNames, linkPackages } from "../support/package/example.ts";
import { ROOT } from "../support/package/package.ts";
import { run, runOk } from "../support/package/program.ts";

const GUIDES = [
  ...["application-properties", "browser-dashboard", "commonjs", "configuration-parameters", "debugging"],
  ...["gateways", "many-clients", "mqtt-gateway", "node-service", "react", "vue"],
].map((name) => `docs/guides/${name}.md`);
const TSC = join(ROOT, "node_modules/typescript/bin/tsc");

let folder: string;
let blocks: readonly GuideBlock[];

beforeAll(async () => {
  folder = join(inject("consumer"), "guides");
  await mkdir(folder);
  await linkPackages(folder, ["mqtt", "vue"]);
  blocks = (await Promise.all(GUIDES.map(guideBlocks))).flat();
});

describe("every block", () => {
  it("of code is run, or is that of an example", () => {
    expect(blocks.length).toBeGreaterThan(35);
    const unknown = blocks.filter(({ mark, language }) => mark === undefined && language !== "sh");
    expect(unknown.map(({ document, line }) => `${document}:${line}`)).toEqual([]);
  });

  it("to be run is named by a test that runs it", async () => {
    const files = ["guides", "guide-programs", "guide-pages"];
    const tests = await Promise.all(
      files.map((file) => readFile(join(import.meta.dirname, `${file}.test.ts`), "utf8")),
    );
    for (const { document, line, name } of blocks.filter(({ mark }) => mark === "test")) {
      const isNamed = tests.some((source) => source.includes(`"${name}"`));
      expect(isNamed, `${document}:${line} ${name}`).toBe(true);
    }
  });

  it("of an example stands in its file as it is", async () => {
    const shown = blocks.filter(({ mark }) => mark === "file");
    expect(shown.length).toBeGreaterThan(15);
    for (const { document, line, name = "", code } of shown) {
      const source = await readFile(join(ROOT, name), "utf8");
      expect(source.includes(code), `${document}:${line} is not a part of ${name}`).toBe(true);
    }
  });

  it("of a shell, and every command in the text, has options that its help knows", async () => {
    const readMes = (await exampleNames()).map((name) => `examples/${name}/README.md`);
    const texts = await Promise.all(
      [...GUIDES, ...readMes].map((path) => readFile(join(ROOT, path), "utf8")),
    );
    const used = texts.flatMap((text) => [
      ...text.matchAll(/npx (msb-broker|msb-client-websocket check)([^`\n#]*)/g),
    ]);
    expect(used.length).toBeGreaterThan(8);
    const helpOf = async (command: string): Promise<string> => {
      const [bin = "", ...words] = command.split(" ");
      const path = join(inject("consumer"), "node_modules/.bin", bin);
      return runOk(process.execPath, [path, ...words, "--help"]);
    };
    const helps = new Map<string, string>();
    for (const [, command = "", rest = ""] of used) {
      helps.set(command, helps.get(command) ?? (await helpOf(command)));
      for (const [option] of rest.matchAll(/--[a-z-]+/g)) {
        expect(helps.get(command), `${command} ${option}`).toContain(option);
      }
    }
  });

  it("compiles", { timeout: 120_000 }, async () => {
    const sources = join(folder, "sources");
    await mkdir(sources);
    for (const [index, { mark, name = "", language, code }] of blocks.entries()) {
      const isScript = mark === "test" && ["js", "ts", "vue"].includes(language);
      const source = language === "vue" ? (/<script.*?>\n(.*)<\/script>/s.exec(code)?.[1] ?? "") : code;
      const extension = /require\(|\.cts\n/.test(code) ? `c${language}` : language.replace("vue", "ts");
      if (isScript) {
        await writeFile(join(sources, name.endsWith(".ts") ? name : `sample-${index}.${extension}`), source);
      }
    }
    await writeFile(join(sources, "package.json"), JSON.stringify({ type: "module" }));
    const compilerOptions = {
      target: "es2022",
      module: "node16",
      allowImportingTsExtensions: true,
      noEmit: true,
      allowJs: true,
      checkJs: true,
      strict: true,
      exactOptionalPropertyTypes: true,
      // JavaScript has no types for its parameters.
      noImplicitAny: false,
      useUnknownInCatchVariables: false,
      skipLibCheck: true,
      types: ["node"],
      lib: ["es2023", "dom", "dom.iterable"],
    };
    await writeFile(join(folder, "guides.json"), JSON.stringify({ compilerOptions, include: ["sources"] }));
    expect((await run(process.execPath, [TSC, "-p", "guides.json"], { cwd: folder })).output).toBe("");
  });
});

describe("commonjs.md", () => {
  it("the other entries can be required", async () => {
    const path = join(folder, "entries.cjs");
    await writeFile(path, await documentSample("docs/guides/commonjs.md", "entries"));
    expect(await runOk(process.execPath, [path])).toBe("function function function\n");
  });

  it("a TypeScript program says what is wrong", async () => {
    const path = join(folder, "lamp.cjs");
    const source = await documentSample("docs/guides/commonjs.md", "typescript");
    const { code } = await transform(source, { loader: "ts", format: "cjs" });
    await writeFile(path, code);
    expect((await run(process.execPath, [path], { cwd: folder })).output).toBe("INVALID_DEFINITION\n");
  });
});

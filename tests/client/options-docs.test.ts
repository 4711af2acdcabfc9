// What users read about the options, in their editor and in docs/reference/options.md, follows from the tables in src.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import {
  COMPILER_OPTIONS,
  type DescribedOption,
  isValue,
  optionsPage,
  readDeclarations,
  SOURCE,
  unitOf,
} from "../../scripts/options-page.ts";
import { CLIENT_OPTIONS } from "../../src/client/client-options.ts";

const names = Object.keys(CLIENT_OPTIONS) as (keyof typeof CLIENT_OPTIONS)[];

/** A program that a user writes, and what the user's editor knows about it. */
const file = fileURLToPath(new URL("./user-of-options.ts", import.meta.url));
const program = `
  import { MsbClient, type MsbClientOptions } from "../../src/index.ts";
  declare const identity: { type: "SmartObject"; uuid: string; name: string; description: string; token: string };
  const options: MsbClientOptions = {};
  new MsbClient({ ...identity, reconnectInterval: 5_000 });
  ${names.map((name) => `options.${name};`).join("\n")}
`;
const service = ts.createLanguageService({
  getCompilationSettings: () => COMPILER_OPTIONS,
  getScriptFileNames: () => [file],
  getScriptVersion: () => "1",
  getScriptSnapshot(name) {
    const content = name === file ? program : ts.sys.readFile(name);
    return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
  },
  getCurrentDirectory: () => process.cwd(),
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (name) => name === file || ts.sys.fileExists(name),
  readFile: ts.sys.readFile,
});

describe("the documentation of the options", () => {
  let declarations: ReturnType<typeof readDeclarations>;
  let described: Map<string, DescribedOption>;

  beforeAll(() => {
    declarations = readDeclarations(SOURCE, service.getProgram());
    described = new Map(declarations.options.map((option) => [option.name, option]));
  });

  it("has all of them", () => {
    expect([...described.keys()].sort()).toEqual([...names].sort());
  });

  it.each(names)("says of %s what it does, in which unit, and the default that it has", (name) => {
    const { prose = "", byDefault = "" } = described.get(name) ?? {};
    expect(prose).not.toBe("");
    const [, unit = "", least = "0"] = /^(.*), at least (\d+)$/.exec(unitOf(CLIENT_OPTIONS[name])) ?? [];
    expect(prose.toLowerCase()).toContain(unit);
    if (Number(least) > 1) {
      expect(prose).toContain(`at least ${Number(least).toLocaleString("en")}`);
    }
    const value = CLIENT_OPTIONS[name].default;
    if (["boolean", "number", "string"].includes(typeof value)) {
      expect(byDefault).toBe(JSON.stringify(value));
    } else {
      expect(byDefault).not.toBe("");
      expect(isValue(byDefault)).toBe(false);
    }
  });

  it("says of every option of publish() what it does, and the default", () => {
    expect(declarations.publishOptions.map(({ name }) => name)).toContain("until");
    const lacking = declarations.publishOptions.filter(({ prose, byDefault }) => !prose || !byDefault);
    expect(lacking).toEqual([]);
  });

  it("names only setters of options that there are", () => {
    expect([...declarations.setters.keys()].filter((name) => !described.has(name))).toEqual([]);
  });

  it("is docs/reference/options.md (if not: npm run docs:options)", () => {
    const page = readFileSync(new URL("../../docs/reference/options.md", import.meta.url), "utf8");
    expect(page).toBe(optionsPage(declarations));
  });
});

describe("an editor", () => {
  function hover(name: string, before = "options.") {
    const position = program.indexOf(before + name) + before.length;
    const info = service.getQuickInfoAtPosition(file, position);
    return {
      signature: ts.displayPartsToString(info?.displayParts),
      prose: ts.displayPartsToString(info?.documentation),
      byDefault: ts.displayPartsToString(info?.tags?.find(({ name }) => name === "default")?.text),
    };
  }

  it.each(names)("shows the prose and the default of %s", (name) => {
    const { prose, byDefault } = hover(`${name};`);
    expect(prose).not.toBe("");
    expect(byDefault).not.toBe("");
  });

  it("shows an option where a client is made", () => {
    expect(hover("reconnectInterval", "identity, ")).toEqual({
      signature: "(property) reconnectInterval?: number",
      prose: expect.stringMatching(/^Milliseconds between .* at least 3,000\./),
      byDefault: "10000",
    });
  });

  it("shows the types by their names", () => {
    expect(hover("retryPolicy;").signature).toContain("retryPolicy?: RetryPolicy");
    expect(hover("logLevel;").signature).toContain("logLevel?: LogLevel");
    expect(hover("whenFull;").signature).toMatch(
      /whenFull\?: ("dropOldest" \| "reject"|"reject" \| "dropOldest")/,
    );
  });
});

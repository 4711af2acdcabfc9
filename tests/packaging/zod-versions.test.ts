import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { installPackage, sameVersion, temporaryFolder } from "../support/package/package.ts";
import { run } from "../support/package/program.ts";

const TSC = createRequire(import.meta.url).resolve("typescript/bin/tsc");

/** Without it, a Node.js that can `require` ES modules would hide that a package needs it. */
const NO_REQUIRE_ESM = process.features.require_module ? ["--no-experimental-require-module"] : [];

const COMPILER_OPTIONS = {
  target: "es2022",
  module: "node16",
  strict: true,
  exactOptionalPropertyTypes: true,
  // The declarations themselves, those of zod included.
  skipLibCheck: false,
  lib: ["es2023", "dom"],
  types: [],
};

const SLOW = { timeout: 120_000 };

/** Two schemas of one name, which zod did not take before 4.3. */
const SELF_DESCRIPTION = {
  "@class": "SmartObject",
  uuid: "press-7",
  name: "Press",
  description: "",
  token: "t",
  events: ["int32", "double"].map((format, id) => ({
    "@id": id + 1,
    eventId: `READING_${id + 1}`,
    name: "",
    description: "",
    dataFormat: {
      Reading: { type: "object", properties: { value: { type: id === 0 ? "integer" : "number", format } } },
      dataObject: { $ref: "#/definitions/Reading" },
    },
  })),
  functions: [],
  configuration: { parameters: {} },
};

describe.each([
  ["zod@3.25.76", "zod/v4"],
  ["zod@4.0.0", "zod"],
  ["zod@4.3.6", "zod"],
  [sameVersion("zod"), "zod"],
])("a project with %s", (zod, from) => {
  let folder: string;

  beforeAll(async () => {
    const temporary = await temporaryFolder();
    folder = temporary.path;
    // npm ends with ERESOLVE if the versions do not go together.
    await installPackage(folder, inject("packed").tarball, [zod]);
    return () => temporary[Symbol.asyncDispose]();
  }, 120_000);

  test("has one zod, and it is its own", async () => {
    const { code, output } = await run("npm", ["ls", "zod", "--all", "--parseable"], { cwd: folder });
    expect(code, output).toBe(0);
    expect(output.trim().split("\n")).toEqual([join(folder, "node_modules/zod")]);
  });

  test.each([
    ["import", ["zod-v4.mjs"]],
    ["require", [...NO_REQUIRE_ESM, "zod-v4.cjs"]],
  ])("publishes and answers calls (%s)", async (_name, args) => {
    const { code, output } = await run(process.execPath, args, { cwd: folder });
    expect(code, output).toBe(0);
    expect(JSON.parse(output).jobs.raw).toMatchObject({ published: { celsius: 21.5 }, answer: 42 });
  });

  test("gets a contract, which compiles and loads, as do programs with its schemas", SLOW, async () => {
    await writeFile(join(folder, "press.json"), JSON.stringify(SELF_DESCRIPTION));
    const command = "node_modules/.bin/msb-client-websocket generate press.json > types/press.mts";
    const generated = await run("sh", ["-c", command], { cwd: folder });
    expect(generated.code, generated.output).toBe(0);
    const source = await readFile(join(folder, "types/press.mts"), "utf8");
    expect(source).toContain(`import * as z from "${from}";`);

    const project = join(folder, "types/zod.json");
    const files = ["zod.mts", "press.mts"];
    await writeFile(project, JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files }));
    const compiled = await run(process.execPath, [TSC, "-p", project], { cwd: folder });
    expect(compiled).toEqual({ code: 0, output: "" });

    const program =
      'import { press } from "./types/press.mjs"; console.log(Object.keys(press.events).join())';
    const loaded = await run(process.execPath, ["--input-type=module", "-e", program], { cwd: folder });
    expect(loaded).toEqual({ code: 0, output: "READING_1,READING_2\n" });
  });

  test.runIf(zod.startsWith("zod@3."))("hears at once that a schema is of zod 3", async () => {
    const { output } = await run(process.execPath, ["zod-3.mjs"], { cwd: folder });
    expect(output).toContain('this is a schema of zod 3; import zod 4 from "zod/v4"');
  });
});

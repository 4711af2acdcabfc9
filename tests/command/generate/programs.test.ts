import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { generateContract } from "../../../src/command/generate/generate-contract.ts";
import { generateProgram } from "../../../src/command/generate/generate-program.ts";
import { exampleOf } from "../../../src/command/generate/source/example.ts";
import { compile } from "../../support/command/generate/generated.ts";
import { OF_OTHERS } from "../../support/command/generate/self-descriptions.ts";
import { anyService, hostileService } from "../../support/command/generate/services.ts";
import { ROOT } from "../../support/package/package.ts";
import { run } from "../../support/package/program.ts";
import fc from "../../support/properties.ts";

type Sources = (readonly [file: string, source: string])[];

function programs(client: string, selfDescription: unknown): Sources {
  return (["counterpart", "device"] as const).map((end) => [
    `${client}.${end}.ts`,
    generateProgram(selfDescription, { end }).source,
  ]);
}

/** The contract in a file of its own, and programs that import it. */
function apart(client: string, selfDescription: unknown): Sources {
  const importFrom = `./${client}.contract.ts`;
  return [
    [`${client}.contract.ts`, generateContract(selfDescription).source],
    ...(["counterpart", "device"] as const).map(
      (end) =>
        [`${client}.${end}.apart.ts`, generateProgram(selfDescription, { end, importFrom }).source] as const,
    ),
  ];
}

/** The engine takes these in a constructor; in a literal the compiler refuses them. */
const OLD_ESCAPES = ["\\08", "(a)\\2", "\\8", "\\377", "[\\1]", "\\x1", "\\u12"].map((pattern) => ({
  ...OF_OTHERS[0]?.selfDescription,
  events: [{ "@id": 1, eventId: "E", name: "E", dataFormat: { dataObject: { type: "string", pattern } } }],
  functions: [],
}));

// In one go, because the compiler takes seconds to begin.
test("everything compiles: for all official clients, and for services of all kinds", {
  timeout: 120_000,
}, () => {
  const services: unknown[] = [hostileService, anyService].flatMap((each) =>
    fc.sample(each, { numRuns: 8, seed: 7 }),
  );
  const sources = [
    ...OF_OTHERS.flatMap(({ client, selfDescription }) => [
      ...programs(client, selfDescription),
      ...apart(client, selfDescription),
    ]),
    ...[...services, ...OLD_ESCAPES].flatMap((service, index) => programs(`any-${index}`, service)),
  ];
  expect(compile(Object.fromEntries(sources))).toEqual([]);
});

// The answer of a management need not say what the service is.
test("without a class, or with one that no client has, a program compiles all the same, and that is told", {
  timeout: 60_000,
}, () => {
  const saw = { uuid: "u1", name: "Saw", events: [{ "@id": 1, eventId: "E", name: "E" }] };
  const others = [
    saw,
    { ...saw, "@class": "SMART_OBJECT" },
    { uuid: "g1", name: "Cell", services: [{ ...saw, "@class": "smartobject" }] },
  ];
  const sources = others.flatMap((each, index) => programs(`other-${index}`, each));
  expect(compile(Object.fromEntries(sources))).toEqual([]);
  expect(generateProgram(others[1], { end: "device" }).notes).toEqual([
    'Service "Saw": @class: "SMART_OBJECT" is none that a client can have: taken as SmartObject',
  ]);
  expect(generateProgram(saw, { end: "device" }).notes).toEqual([
    'Service "Saw": @class: is missing: taken as SmartObject',
  ]);
  expect(generateProgram({ ...saw, "@class": "Application" }, { end: "device" }).notes).toEqual([]);
});

test("without a uuid there is a contract, and no program", () => {
  const cell = { name: "Cell", services: [{ name: "Saw", uuid: "u1", events: [{ eventId: "E" }] }] };
  const message = /^The self-description: uuid: is missing for "Cell": a program needs it/;
  expect(() => generateProgram(cell, { end: "device" })).toThrow(message);
  expect(generateProgram(cell, { end: "counterpart" }).source).toContain('uuid: "u1"');
  expect(() => generateProgram({ ...cell, services: [] }, { end: "counterpart" })).toThrow(message);
  expect(generateContract({ ...cell, services: [] }).source).toContain("export const cell");
});

test("everything is formatted, as Biome would", { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "msb-generate-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const sources = OF_OTHERS.flatMap(({ client, selfDescription }) => [
    ...programs(client, selfDescription),
    ...apart(client, selfDescription),
  ]);
  await Promise.all(sources.map(([name, source]) => writeFile(join(folder, name), source)));
  const formatter = { indentStyle: "space", lineWidth: 100 };
  await writeFile(join(folder, "biome.json"), `${JSON.stringify({ root: true, formatter })}\n`);
  const biome = join(ROOT, "node_modules/.bin/biome");
  const { code, output } = await run(biome, ["format", ...sources.map(([name]) => name)], { cwd: folder });
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining(`${sources.length} files`) });
});

// It was "text": the first call of a generated program failed.
test.each([
  ["^[A-Z]{2}-\\d{4}$", {}, "AA-0000"],
  ["^(red|green)$", {}, "red"],
  ["^.{3}$", {}, "xxx"],
  ["^[^/]+/\\w+$", {}, "x/0"],
  ["^\\d+$", { minLength: 5 }, "44444"],
  ["^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", {}, "00000000-0000-0000-0000-000000000000"],
  ["e", {}, "text"],
  ["^a*$", { maxLength: 3 }, ""],
  // Not found: it says what has to stand there.
  ["^(?=.*\\d)[a-z]+$", {}, "put in a text that matches ^(?=.*\\d)[a-z]+$"],
  ["^[ab]{5000}$", {}, "put in a text that matches ^[ab]{5000}$"],
  ["^((a{900}){900}){900}$", {}, "put in a text that matches ^((a{900}){900}){900}$"],
  // To find out that these do not match takes longer than anybody waits.
  ["^(a+)+(?=b)$", {}, "put in a text that matches ^(a+)+(?=b)$"],
  ["^(a+)+(?=b)$", { minLength: 40 }, "put in a text that matches ^(a+)+(?=b)$"],
])("the example of a string with the pattern %s matches it", (pattern, bounds, expected) => {
  const root = { type: "string", pattern, ...bounds };
  expect(exampleOf({ root, definitions: {} })).toBe(expected);
});

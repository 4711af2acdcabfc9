import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../support/package/package.ts";
import { checkBundle } from "./bundle-check.ts";
import { withoutWarning } from "./project.ts";

const ZOD = 'throw new Error("Cannot specify both `message` and `error` params");';
const SDK = `${ZOD} say("The MSB did not answer the registration within");`;

async function check(...scripts: readonly string[]) {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, "chunks"));
  await Promise.all(
    scripts.map((code, index) => writeFile(join(folder.path, "chunks", `${index}.js`), code)),
  );
  // The folder is there until this function ends.
  return await checkBundle(folder.path);
}

it("a bundle with what a page needs passes", async () => {
  const others = 'import "./fs.js"; import x from "events-of-mine"; fs.require("net/x"); say("retadreso");';
  expect(await check(SDK, others)).toMatchObject({ passed: true, detail: "" });
});

it.each([
  ["the package ws", [SDK, 'offer("permessage-deflate")'], "the package ws is in it"],
  ["the stub of ws", [SDK, 'throw new Error("ws does not work in the browser")'], "the package ws is in it"],
  ["an import of Node.js", [SDK, 'import{connect as c}from"net";'], "a built-in module"],
  ["an import() of Node.js", [SDK, 'await import("node:fs/promises")'], "a built-in module"],
  ["a require() of Node.js", [SDK, "r=require('crypto')"], "a built-in module"],
  ["zod's languages twice", [SDK, "retadreso", "retadreso"], "zod's languages is in it 2 times"],
  ["zod twice", [SDK, ZOD], "zod is in it 2 times"],
  ["the SDK twice", [SDK, SDK], "this package is in it 2 times"],
  ["another program", [ZOD], "this package is in it 0 times"],
  ["no zod", ["did not answer the registration within"], "zod is in it 0 times"],
])("%s fails", async (_name, scripts, detail) => {
  expect(await check(...scripts)).toMatchObject({
    passed: false,
    detail: expect.stringContaining(detail),
  });
});

it("a build passes only without a warning, and if it ends well", () => {
  const name = "builds";
  expect(withoutWarning(name, { code: 0, output: "built in 3 s\n" }).passed).toBe(true);
  for (const output of ["(!) Circular dependency", "WARNING in ./main.js", "⚠ slow", "DeprecationWarning"]) {
    expect(withoutWarning(name, { code: 0, output: `start\n${output}\nend` })).toMatchObject({
      passed: false,
      detail: output,
    });
  }
  expect(withoutWarning(name, { code: 1, output: "no such file" })).toMatchObject({
    passed: false,
    detail: "it ended with 1:\nno such file",
  });
});

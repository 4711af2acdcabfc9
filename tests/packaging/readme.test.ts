import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, inject, it } from "vitest";
import { startBroker } from "../../src/broker/index.ts";
import { documentSamples } from "../support/docs/document-sample.ts";
import { checkJavaScript } from "../support/package/check-javascript.ts";
import { ROOT } from "../support/package/package.ts";
import { Program } from "../support/package/program.ts";
import { readmeOutput, readmeSample } from "../support/package/readme.ts";

/** Saves a program of the README as it says, where the tarball is installed, compiles it, and gives its path. */
async function save(name: string, brokerUrl: string): Promise<string> {
  const sample = await readmeSample(name, brokerUrl);
  const file = /^\/\/ (\S+)\n/.exec(sample)?.[1] ?? "";
  const path = join(inject("consumer"), file);
  await writeFile(path, sample);
  expect(await checkJavaScript(inject("consumer"), [file])).toEqual([]);
  return path;
}

const run = (path: string): Program => new Program(process.execPath, [path], { cwd: inject("consumer") });

it("the README's ESM program does what it says, installed from the tarball", {
  timeout: 60_000,
}, async () => {
  await using broker = await startBroker();
  const path = await save("node", broker.url);
  const published = broker.waitForEvent({ eventId: "TEMPERATURE" }, 30_000);
  await using program = run(path);
  const { uuid, dataObject } = await published;
  expect(dataObject).toEqual({ celsius: 21.5, at: expect.any(String) });
  await program.written(/accepted/);
  expect(program.output).toBe(await readmeOutput("node-output"));

  const answered = broker.waitForEvent({ eventId: "SPEED_CHANGED" });
  broker.call(uuid, "SET_SPEED", 60, { correlationId: "c" });
  await expect(answered).resolves.toMatchObject({ dataObject: 60, correlationId: "c" });
  await program.written(/speed is/);
  expect(program.output).toBe((await readmeOutput("node-output")) + (await readmeOutput("node-called")));
});

it("the README's CommonJS program does what it says", { timeout: 60_000 }, async () => {
  await using broker = await startBroker();
  await using program = run(await save("commonjs", broker.url));
  await program.written(/registered/);
  expect(program.output).toBe(await readmeOutput("commonjs-output"));
  broker.call("5a1c9e0b-8a52-4c8e-9b5e-0d3f6f0f7a42", "SWITCH", true);
  await program.written(/lamp is on/);
  expect(program.output).toBe(
    (await readmeOutput("commonjs-output")) + (await readmeOutput("commonjs-called")),
  );
});

it("the README's two ends of a contract find each other", { timeout: 60_000 }, async () => {
  await using broker = await startBroker();
  await using program = run(await save("contract", broker.url));
  await program.written(/speed is/);
  expect(program.output).toBe(await readmeOutput("contract-output"));
});

it("every code block of the README is tried by a test", async () => {
  const text = await readFile(join(ROOT, "README.md"), "utf8");
  const fences = [...text.matchAll(/^```(\w*)$/gm)].map(([, language]) => language);
  const commands = fences.filter((language) => language === "sh").length;
  // Commands: the demo (tests/browser/demo.test.ts), this test run, and what the packaging tests begin with.
  expect(commands).toBe(3);
  expect(fences.length / 2 - commands).toBe((await documentSamples("README.md")).size);
});

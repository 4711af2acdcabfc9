// The three files of docs/guides/contract.md, installed from the tarball: a machine and a dashboard in processes of their own.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, inject, it } from "vitest";
import { startBroker } from "../../src/broker/index.ts";
import { documentSample } from "../support/docs/document-sample.ts";
import { Program } from "../support/package/program.ts";

it("the machine and the dashboard of docs/guides/contract.md find each other", {
  timeout: 60_000,
}, async () => {
  await using broker = await startBroker();
  const folder = join(inject("consumer"), "contract-docs");
  await mkdir(folder);
  const write = async (name: string, file: string): Promise<string> => {
    const sample = await documentSample("docs/guides/contract.md", name);
    const path = join(folder, file);
    // Nothing in it is TypeScript only, and Node.js 20 runs none.
    await writeFile(
      path,
      sample
        .replaceAll("press.contract.js", "press.contract.mjs")
        .replaceAll("http://127.0.0.1:8085", broker.url),
    );
    return path;
  };
  await write("contract", "press.contract.mjs");
  const machine = await write("machine", "machine.mjs");
  const dashboard = await write("dashboard", "dashboard.mjs");
  const cwd = inject("consumer");

  await using ofMachine = new Program(process.execPath, [machine], { cwd });
  await broker.waitForEvent({ eventId: "MEASURED" }, 30_000);
  await using ofDashboard = new Program(process.execPath, [dashboard], { cwd });
  await ofDashboard.written(/^speed 60, STOPPED$/m);
  await ofDashboard.written(/^21\.5 °C at \d{4}-\d\d-\d\dT\S+Z$/m);
  expect(ofMachine.output).toBe("");
});

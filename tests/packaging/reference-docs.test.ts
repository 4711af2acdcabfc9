// Programs of docs/reference and docs/guides/delivery.md, installed from the tarball.
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, inject, it } from "vitest";
import { documentSample } from "../support/docs/document-sample.ts";
import { ROOT } from "../support/package/package.ts";
import { run } from "../support/package/program.ts";

async function folderFor(name: string): Promise<string> {
  const folder = join(inject("consumer"), name);
  await mkdir(folder, { recursive: true });
  return folder;
}

it("docs/reference/error-codes.md: a publish that fails is told by its code", async () => {
  const folder = await folderFor("error-codes");
  const path = join(folder, "handle.mjs");
  await writeFile(path, await documentSample("docs/reference/error-codes.md", "handle"));
  const { code, output } = await run(process.execPath, [path], { cwd: folder });
  expect(output).toBe("Wait for register(), or publish with cached: true.\n");
  expect(code).toBe(0);
});

it("docs/guides/delivery.md: an event is stored without a connection", async () => {
  const folder = await folderFor("delivery");
  const path = join(folder, "stored.mjs");
  const sample = await documentSample("docs/guides/delivery.md", "stored");
  await writeFile(
    path,
    `${sample}console.log(client.stats().stored, client.state);\nawait client.disconnect();\n`,
  );
  const { code, output } = await run(process.execPath, [path], { cwd: folder });
  expect(output).toBe("1 disconnected\n");
  expect(code).toBe(0);
});

const PRESS = `
import { MsbClient } from "msb-client-websocket";
export async function startPress(url) {
  const client = new MsbClient({
    type: "SmartObject", uuid: "press-7", name: "Press 7", description: "In hall 3", token: "press7", reconnectInterval: 3_000,
  });
  const temperature = client.addEvent({ eventId: "TEMPERATURE", dataFormat: "double" });
  client.addEvent({ eventId: "SPEED_CHANGED", dataFormat: "int32" });
  client.addFunction({
    functionId: "SET_SPEED", dataFormat: "int32", responseEvents: ["SPEED_CHANGED"], handler: ({ dataObject }) => dataObject,
  });
  client.on("error", () => {});
  await client.start(url);
  setInterval(() => void temperature.publish(21.5).catch(() => {}), 100).unref();
}
`;

it("docs/reference/broker.md: its tests pass", { timeout: 60_000 }, async () => {
  const folder = await folderFor("broker-docs");
  await mkdir(join(folder, "tests"));
  await mkdir(join(folder, "src"));
  await mkdir(join(folder, "node_modules"));
  await symlink(join(ROOT, "node_modules/vitest"), join(folder, "node_modules/vitest"));
  await writeFile(join(folder, "src/press.ts"), PRESS.replace("(url)", "(url: string)"));
  await writeFile(
    join(folder, "tests/press.test.ts"),
    await documentSample("docs/reference/broker.md", "press.test.ts"),
  );
  const { code, output } = await run(
    process.execPath,
    [join(ROOT, "node_modules/vitest/vitest.mjs"), "run", "--dir", "."],
    { cwd: folder },
  );
  expect(stripVTControlCharacters(output)).toMatch(/Tests +2 passed/);
  expect(code, output).toBe(0);
});

// The Node.js pair of docs/guides/migration.md: the same service with the official client and with the package.
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, inject, it } from "vitest";
import { startBroker } from "../../src/broker/index.ts";
import { documentSample } from "../support/docs/document-sample.ts";
import { type Behaviour, watchService } from "../support/docs/migration.ts";
import { ROOT } from "../support/package/package.ts";
import { Program } from "../support/package/program.ts";

const OFFICIAL = "@vfk_research/msb-client-websocket-nodejs";

let folder: string;

beforeAll(async () => {
  folder = join(inject("consumer"), "migration-docs");
  await mkdir(join(folder, "node_modules/@vfk_research"), { recursive: true });
  await symlink(join(ROOT, "node_modules", OFFICIAL), join(folder, "node_modules", OFFICIAL));
});

async function behaviourOf(name: string, file: string): Promise<Behaviour> {
  await using broker = await startBroker();
  const sample = await documentSample("docs/guides/migration.md", name);
  expect(sample).toContain("http://127.0.0.1:8085");
  const path = join(folder, file);
  await writeFile(path, sample.replaceAll("http://127.0.0.1:8085", broker.url));
  await using _program = new Program(process.execPath, [path], { cwd: folder });
  return await watchService(broker);
}

it("the service of docs/guides/migration.md is the same here and with the official Node.js client", {
  timeout: 60_000,
}, async () => {
  const there = await behaviourOf("node", "there.cjs");
  const here = await behaviourOf("here", "here.mjs");
  const measured = { celsius: 21.5, at: expect.stringMatching(/^\d{4}-.*Z$/) };
  expect(here).toEqual({ ...there, measured });
  expect(there).toMatchObject({
    answer: { eventId: "SPEED_CHANGED", dataObject: 60, correlationId: "call 1" },
    measured,
    configured: { parameters: { limit: { value: 90 } } },
  });
});

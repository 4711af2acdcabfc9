import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { temporaryFolder } from "../support/package/package.ts";
import { run, runOk } from "../support/package/program.ts";

const PROGRAMS = {
  "program.mjs": 'import { MsbClient } from "msb-client-websocket"; console.log(MsbClient);',
  "program.cjs": 'const { MsbClient } = require("msb-client-websocket"); console.log(MsbClient);',
};
const BROKER = 'import { startBroker } from "msb-client-websocket/broker"; console.log(typeof startBroker);';

// npm installs it by itself. Yarn and pnpm leave that to the user, and warn.
test("a project without zod is told that zod is what is missing", async () => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, "package.json"), '{ "private": true }');
  const quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error", "--prefer-offline"];
  await runOk("npm", ["install", "--omit=peer", ...quiet, inject("packed").tarball], { cwd: folder.path });
  for (const [name, program] of Object.entries(PROGRAMS)) {
    await writeFile(join(folder.path, name), program);
    const { code, output } = await run(process.execPath, [name], { cwd: folder.path });
    expect(code, name).toBe(1);
    expect(output, name).toMatch(/Error.*: Cannot find (package 'zod'|module 'zod\/)/);
    expect(output, name).toContain(join("node_modules", "msb-client-websocket", "dist"));
  }
  // The broker has a zod of its own.
  await writeFile(join(folder.path, "broker.mjs"), BROKER);
  expect((await runOk(process.execPath, ["broker.mjs"], { cwd: folder.path })).trim()).toBe("function");
});

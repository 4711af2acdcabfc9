import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type Options } from "tsup";
import { expect, inject, test } from "vitest";
import configurations from "../../tsup.config.ts";
import { temporaryFolder } from "../support/package/package.ts";

// A page names the hash of the file that it loads from a CDN. Whoever builds the release has to get that file.
test("the file for a <script> tag is the same whenever and wherever it is built", async () => {
  const all = configurations as readonly Options[];
  const scriptTag = all.find(({ globalName }) => globalName === "msb");
  const built = await readFile(
    join(inject("consumer"), "node_modules/msb-client-websocket/dist/index.global.js"),
    "utf8",
  );
  await using folder = await temporaryFolder();
  // Without what writes into `dist`.
  const esbuildPlugins =
    scriptTag?.esbuildPlugins?.filter(({ name }) => name !== "third-party licenses") ?? [];
  await build({ ...scriptTag, esbuildPlugins, config: false, silent: true, outDir: folder.path });
  expect(await readFile(join(folder.path, "index.global.js"), "utf8")).toBe(built);
}, 60_000);

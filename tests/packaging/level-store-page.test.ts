import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { useBrowser } from "../support/browser/browser.ts";
import { serveSite } from "../support/browser/site.ts";
import { bundle } from "../support/package/bundle.ts";
import { rollUp } from "../support/package/rollup.ts";

const BUNDLERS = {
  esbuild: async (entry: string) => (await bundle(entry)).code,
  Rollup: rollUp,
};

const browser = useBrowser();

const PAGE = `
  import { MsbError } from "msb-client-websocket";
  import { levelStore } from "msb-client-websocket/level-store";
  const event = { eventId: "E1", message: "E {}" };
  const first = levelStore("events");
  await first.open();
  await first.write([{ type: "put", key: 1, event }]);
  await first.close();
  const second = levelStore("events");
  const keys = await second.open();
  const { events } = await second.read(keys.first, keys.last, 10);
  const refusal = await levelStore("events").open().catch((error) => error instanceof MsbError && error.code);
  await second.close();
  document.title = JSON.stringify({ events, refusal });
`;

test.each(["esbuild", "Rollup"] as const)(
  "the level store works in a page that %s bundles, with neither level nor events installed",
  async (bundler) => {
    const folder = inject("consumerOfOldestZod");
    for (const name of ["level", "events", "buffer"]) {
      expect(existsSync(join(folder, "node_modules", name)), name).toBe(false);
    }
    const entry = join(folder, `level-store-page.${bundler}.js`);
    await writeFile(entry, PAGE);
    await using site = await serveSite({
      "/page.html": '<!doctype html><script type="module" src="page.js"></script>',
      "/page.js": await BUNDLERS[bundler](entry),
    });
    const page = await browser.open(`${site.url}/page.html`);
    await page.waitForFunction(() => document.title !== "");
    expect(JSON.parse(await page.title())).toEqual({
      events: [{ key: 1, event: { eventId: "E1", message: "E {}" } }],
      refusal: "STORE_FAILED",
    });
  },
);

import { findFirefox, openInFirefox } from "../../support/browser/firefox.ts";
import { runOk } from "../../support/package/program.ts";
import type { Check, RuntimeCase } from "../case.ts";
import { servePages, type TestPage } from "../pages.ts";

export const FIREFOX: RuntimeCase = {
  name: "Firefox",
  group: "browser",
  async version() {
    const path = findFirefox();
    return path === undefined
      ? "none"
      : (await runOk(path, ["--version"])).replace("Mozilla Firefox", "").trim();
  },
  async run(context) {
    await using site = await servePages(context, "Firefox");
    // One Firefox for each: its first performance.now() in a worker waits for the main thread of the process, which waits for the
    // worker if it calls performance.now() at the same time (seen in 153.8.0esr). Tabs share a process, so two of them can hang.
    const onMainThread = await tryInFirefox(site.pages.filter(({ thread }) => thread === "main"));
    const inWorkers = await tryInFirefox(site.pages.filter(({ thread }) => thread === "worker"));
    return [...onMainThread, ...inWorkers];
  },
};

async function tryInFirefox(pages: readonly TestPage[]): Promise<Check[]> {
  await using _firefox = await openInFirefox(pages.map(({ url }) => url));
  return await Promise.all(pages.map(({ check }) => check()));
}

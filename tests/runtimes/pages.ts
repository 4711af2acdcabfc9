import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { serveSite } from "../support/browser/site.ts";
import { bundle } from "../support/package/bundle.ts";
import type { Check, RuntimeContext } from "./case.ts";
import { checkMainJob } from "./main-job.ts";

/** The pages, and the columns that they are for. */
const PAGES = [
  { path: "bundle.html", name: "ESM, bundled", thread: "main" },
  { path: "script.html", name: "script tag", thread: "main" },
  { path: "worker.html", name: "worker", thread: "worker" },
  { path: "shared-worker.html", name: "shared worker", thread: "worker" },
] as const;

const FRAMINGS = ["sockjs", "raw"] as const;

export interface TestPage {
  readonly url: string;
  /** Where its service runs. */
  readonly thread: "main" | "worker";
  /** Waits until its service does what it should. */
  check(): Promise<Check>;
}

/** Serves every page, for both framings, with services of their own. */
export async function servePages(
  context: RuntimeContext,
  browser: string,
): Promise<{ readonly pages: readonly TestPage[] } & AsyncDisposable> {
  const programs = await context.copy("programs");
  const files = await context.copy("pages");
  const [page, worker] = await Promise.all(
    ["page.mjs", "worker.mjs"].map((name) => bundle(join(programs, name))),
  );
  const site = await serveSite({
    "/": pathToFileURL(`${files}/`),
    "/programs/": pathToFileURL(`${programs}/`),
    "/dist/": pathToFileURL(join(context.folder, "node_modules/msb-client-websocket/dist/")),
    "/bundle.js": page?.code ?? "",
    "/worker.js": worker?.code ?? "",
  });
  const pages = PAGES.flatMap(({ path, name, thread }) =>
    FRAMINGS.map((framing) => {
      const uuid = `${browser} ${path} ${framing}`;
      const query = new URLSearchParams({ uuid, url: context.http, framing });
      const url = `${site.url}/${path}?${query}`;
      return { url, thread, check: () => checkMainJob(context, uuid, { name }) };
    }),
  );
  return { pages, [Symbol.asyncDispose]: () => site[Symbol.asyncDispose]() };
}

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { serveSite } from "../../support/browser/site.ts";
import { checkBundle } from "../bundle-check.ts";
import type { Check, RuntimeCase, RuntimeContext } from "../case.ts";
import { withChromiumPage } from "../chromium-page.ts";
import { checkMainJob } from "../main-job.ts";
import { makeProject, type Project, toolVersion, withoutWarning } from "../project.ts";

interface Bundler {
  readonly name: string;
  /** The npm package of the tool; its project has the name of the folder. */
  readonly tool: string;
  readonly folder: string;
  /** Where the scripts are that a page loads. */
  readonly scripts: string;
  /** The npm package with the Node.js that it needs. */
  readonly node?: string;
  serve(project: Project): Promise<Served>;
}

type Served = { readonly url: string } & AsyncDisposable;

/** For tools that write scripts only: the page is the project's own. */
const ownPage = ({ folder }: Project) =>
  serveSite({
    "/": pathToFileURL(join(folder, "index.html")),
    "/main.js": pathToFileURL(join(folder, "dist/main.js")),
  });

/** For tools that write the page, too. */
const builtPage = (place: string) => (project: Project) =>
  serveSite({ "/": pathToFileURL(join(project.folder, place, "index.html")) });

const BUNDLERS: readonly Bundler[] = [
  { name: "Vite", tool: "vite", folder: "vite", scripts: "dist", serve: builtPage("dist") },
  { name: "webpack", tool: "webpack", folder: "webpack", scripts: "dist", serve: ownPage },
  { name: "esbuild", tool: "esbuild", folder: "esbuild", scripts: "dist", serve: ownPage },
  { name: "Rollup", tool: "rollup", folder: "rollup", scripts: "dist", serve: ownPage },
  { name: "Parcel", tool: "parcel", folder: "parcel", scripts: "dist", serve: builtPage("dist") },
  { name: "Next.js", tool: "next", folder: "next", scripts: ".next/static", serve: startNext },
  {
    name: "SvelteKit",
    tool: "@sveltejs/kit",
    folder: "sveltekit",
    scripts: "build",
    node: "node-22",
    serve: builtPage("build"),
  },
];

/** Each builds its project, and the page is opened in Chromium. */
export const BUNDLER_CASES: readonly RuntimeCase[] = BUNDLERS.map((bundler) => ({
  name: bundler.name,
  group: "bundler",
  version: () => toolVersion(bundler.tool),
  run: (context) => buildAndOpen(context, bundler),
}));

async function buildAndOpen(context: RuntimeContext, bundler: Bundler): Promise<readonly Check[]> {
  await using project = await makeProject(context, bundler.folder, bundler.node);
  const built = withoutWarning("builds without a warning", await project.script("build"));
  if (!built.passed) {
    return [built];
  }
  await using site = await bundler.serve(project);
  const query = new URLSearchParams({ uuid: bundler.name, url: context.http });
  const opened = await withChromiumPage(`${site.url}/?${query}`, async () => [
    await checkMainJob(context, bundler.name),
  ]);
  return [built, await checkBundle(join(project.folder, bundler.scripts)), ...opened];
}

async function startNext(project: Project): Promise<Served> {
  const next = project.start("start", "--port", "0", "--hostname", "127.0.0.1");
  const [, url = ""] = await next.written(/(http:\/\/127\.0\.0\.1:\d+)\s/);
  return { url, [Symbol.asyncDispose]: () => next[Symbol.asyncDispose]() };
}

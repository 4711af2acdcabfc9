import { join } from "node:path";
import { type BuildOptions, build, version } from "esbuild";
import { run } from "../../support/package/program.ts";
import type { Check, RuntimeCase, RuntimeContext } from "../case.ts";

/** What docs/reference/platforms.md says: `ws` is CommonJS, and asks for the modules of Node.js by `require`. */
export const REQUIRE =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

interface Bundle {
  readonly name: string;
  readonly file: string;
  readonly options: BuildOptions;
  /** What the bundled program writes. */
  readonly output: RegExp;
}

const PUBLISHED = /^published$/m;

const BUNDLES: readonly Bundle[] = [
  { name: "CommonJS", file: "cjs.cjs", options: { platform: "node", format: "cjs" }, output: PUBLISHED },
  {
    name: "ESM with a banner",
    file: "banner.mjs",
    options: { platform: "node", format: "esm", banner: { js: REQUIRE } },
    output: PUBLISHED,
  },
  {
    name: "ESM, packages external",
    file: "external.mjs",
    options: { platform: "node", format: "esm", packages: "external" },
    output: PUBLISHED,
  },
  // As long as these fail, the page has to say so.
  {
    name: "ESM without one",
    file: "plain.mjs",
    options: { platform: "node", format: "esm" },
    output: /Dynamic require of "\w+" is not supported/,
  },
  {
    name: "made for pages",
    file: "page.mjs",
    options: { platform: "browser", format: "esm" },
    output: /published|WebSocket: is not here: .*--platform=node/,
  },
];

export const ESBUILD_NODE: RuntimeCase = {
  name: "esbuild, for Node.js",
  group: "bundler",
  version: () => version,
  run: async (context) => {
    const programs = await context.copy("programs");
    const problems: string[] = [];
    for (const bundle of BUNDLES) {
      problems.push(...(await problemsOf(bundle, programs, context)));
    }
    const passed = problems.length === 0;
    return [
      { name: "connects, publishes, answers calls", passed, detail: problems.join("\n") } satisfies Check,
    ];
  },
};

async function problemsOf(bundle: Bundle, programs: string, { http }: RuntimeContext): Promise<string[]> {
  const { warnings } = await build({
    entryPoints: [join(programs, "publish.mjs")],
    outfile: join(programs, "dist", bundle.file),
    bundle: true,
    logLevel: "silent",
    ...bundle.options,
  });
  const { output } = await run(process.execPath, [join(programs, "dist", bundle.file), http]);
  return [
    ...warnings.map(({ text }) => `${bundle.name}: ${text}`),
    ...(bundle.output.test(output) ? [] : [`${bundle.name}: ${output}`]),
  ];
}

import { readFileSync } from "node:fs";
import { defineConfig, type Options } from "tsup";
import {
  besideTheBundle,
  fileBeside,
  inPlaceOf,
  packageBeside,
  without,
} from "./scripts/beside-the-bundle.ts";
import { consolePage } from "./scripts/console-page.ts";
import { sourcesBeside } from "./scripts/sources-beside.ts";
import { thirdPartyLicenses } from "./scripts/third-party-licenses.ts";

// What each file of `dist` is for: docs/project/package.md.

// `npm run build` empties dist before. Not tsup's `clean`: each of the configurations below would delete what the others
// have written. And not this file: other tools read it, too. The declarations are made by scripts/declarations.

const { name, version, license } = JSON.parse(readFileSync("package.json", "utf8"));
const licenses = thirdPartyLicenses("dist/THIRD-PARTY-LICENSES.txt", "reports/metafiles");

const ERRORS = "src/support/errors.ts";
const PLATFORM = "src/platform/index.ts";
const PLATFORM_OF_BROWSERS = "src/platform/browser.ts";
const BROKER = "src/broker/index.ts";
const CONSOLE_FILES = "src/broker/rest/console/console-files.ts";
const LEVEL = "src/level-store/level.ts";
const TESTING = "src/testing/index.ts";

/** The files that index.js has the names of. Only the first of them is large. */
const PARTS = {
  sdk: "src/sdk.ts",
  errors: ERRORS,
  "data-type": "src/core/data-format/data-type.ts",
  properties: "src/core/self-description/properties.ts",
  retry: "src/session/reconnecting/retry.ts",
  platform: PLATFORM,
};

/** What the commands do. */
const COMMANDS = {
  "broker-command": "src/broker/command/main.ts",
  "check-command": "src/command/check/main.ts",
  "generate-command": "src/command/generate/main.ts",
};

// tsup leaves `dependencies` and `peerDependencies` out of the bundles, and puts everything else in.
const common: Options = {
  target: "es2022",
  dts: false,
  // Files with names of their own, and no others.
  splitting: false,
  // Keep `node:` before the built-in modules, as it is written.
  removeNodeProtocol: false,
  // The errors are in a file of their own, so that there is one class MsbError for all entries.
  esbuildPlugins: [licenses, besideTheBundle(ERRORS, "errors")],
};

/**
 * The SDK: one bundle for browsers and Node. Beside it is what a page may use alone, which then costs it no more than that; and
 * what is different in Node, for which the `browser` field of package.json gives pages another file. isomorphic-ws and `level`
 * stay outside.
 */
const sdk: Options = {
  ...common,
  entry: {
    index: "src/index.ts",
    ...PARTS,
    "platform-browser": PLATFORM_OF_BROWSERS,
    level: LEVEL,
    "level-store": "src/level-store/index.ts",
  },
  platform: "neutral",
  esbuildPlugins: [
    licenses,
    besideTheBundle(LEVEL, "level"),
    ...Object.entries(PARTS).map(([name, source]) => besideTheBundle(source, name)),
  ],
  esbuildOptions(options) {
    // nanoid's browser build needs only `crypto.getRandomValues`, which Node 20 has too.
    options.conditions = ["browser", "import"];
  },
};

export default defineConfig([
  // Maps are for the debuggers of browsers, and bundlers for these take the ES modules.
  { ...sdk, format: ["esm"], sourcemap: true, plugins: [sourcesBeside()] },
  { ...sdk, format: ["cjs"] },
  {
    // LevelDB as it is in pages, with all that it needs there: no bundler has to find `events` for it.
    ...common,
    entry: { "level-browser": LEVEL },
    format: ["esm", "cjs"],
    platform: "browser",
    // It does without `buffer` if that is not there.
    esbuildPlugins: [licenses, without("buffer")],
    minify: true,
    noExternal: [/.*/],
  },
  {
    // The SDK for a <script> tag: everything inside, global `msb`.
    ...common,
    entry: { index: "src/index.ts" },
    format: ["iife"],
    esbuildPlugins: [licenses, inPlaceOf(PLATFORM, PLATFORM_OF_BROWSERS)],
    globalName: "msb",
    platform: "browser",
    // Smaller than what esbuild makes, which counts here: no bundler comes after it.
    minify: "terser",
    terserOptions: { ecma: 2020, compress: { passes: 3 } },
    banner: { js: `/*! ${name} ${version} | ${license} | contains what THIRD-PARTY-LICENSES.txt lists */` },
    noExternal: [/.*/],
  },
  {
    // The development broker: Node only. It has a zod of its own, so that it does not depend on the version in the project.
    ...common,
    noExternal: [/^zod(\/|$)/],
    entry: { broker: BROKER },
    format: ["esm", "cjs"],
    platform: "node",
    esbuildPlugins: [
      licenses,
      besideTheBundle(ERRORS, "errors"),
      // CommonJS can load an ES module later, as it is done with the page, but not at once. So the other way round here.
      fileBeside(CONSOLE_FILES, "broker-console.js"),
      packageBeside("re2js", "broker-patterns.cjs"),
    ],
  },
  {
    // Its page, which is loaded when somebody looks at it.
    ...common,
    entry: { "broker-console": CONSOLE_FILES },
    format: ["esm"],
    platform: "node",
    esbuildPlugins: [licenses, consolePage([licenses])],
  },
  {
    // Its largest package. Minified: half of it.
    ...common,
    entry: { "broker-patterns": "node_modules/re2js/build/index.js" },
    format: ["cjs"],
    platform: "node",
    esbuildPlugins: [licenses],
    minify: true,
  },
  {
    // What users test with: Node only. The client and the broker are the files beside it, the broker loaded when one is started.
    ...common,
    entry: { testing: TESTING },
    format: ["esm", "cjs"],
    platform: "node",
    esbuildPlugins: [
      licenses,
      besideTheBundle(BROKER, "broker"),
      ...Object.entries(PARTS).map(([name, source]) => besideTheBundle(source, name)),
    ],
    esbuildOptions(options, { format }) {
      // Jest refuses import() in CommonJS; require() does the same there.
      options.supported = { "dynamic-import": format === "esm" };
    },
  },
  {
    // The commands. They begin with nothing: what a command does is in the files below, and read when it is asked for.
    ...common,
    entry: { "broker-cli": "src/broker/command/cli.ts", cli: "src/command/cli.ts" },
    format: ["esm"],
    platform: "node",
    esbuildPlugins: [
      licenses,
      ...Object.entries(COMMANDS).map(([name, source]) => besideTheBundle(source, name)),
    ],
    esbuildOptions(options) {
      options.banner = { js: "#!/usr/bin/env node" };
    },
  },
  {
    // What each command does. The SDK and the broker are the files beside them.
    ...common,
    entry: COMMANDS,
    format: ["esm"],
    platform: "node",
    esbuildPlugins: [
      licenses,
      besideTheBundle(BROKER, "broker"),
      ...Object.entries(PARTS).map(([name, source]) => besideTheBundle(source, name)),
    ],
  },
]);

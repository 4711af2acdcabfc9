import { defineConfig, type Options } from "tsup";
import { besideTheBundle, inPlaceOf } from "./scripts/beside-the-bundle.ts";
import { consoleInside } from "./scripts/console-inside.ts";
import { thirdPartyLicenses } from "./scripts/third-party-licenses.ts";

// `npm run build` empties dist before. Not tsup's `clean`: each of the configurations below would delete what the others
// have written. And not this file: other tools read it, too.

const licenses = thirdPartyLicenses("dist/THIRD-PARTY-LICENSES.txt");

const ERRORS = "src/support/errors.ts";
const PLATFORM = "src/platform/index.ts";
const PLATFORM_OF_BROWSERS = "src/platform/browser.ts";
const BROKER = "src/broker/index.ts";

/** The files that index.js has the names of. Only the first of them is large. */
const PARTS = {
  sdk: "src/sdk.ts",
  errors: ERRORS,
  "data-type": "src/core/data-format/data-type.ts",
  properties: "src/core/self-description/properties.ts",
  retry: "src/session/reconnecting/retry.ts",
  platform: PLATFORM,
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

export default defineConfig([
  {
    // The SDK: one bundle for browsers and Node. Beside it is what a page may use alone, which then costs it no more than
    // that; and what is different in Node, for which the `browser` field of package.json gives pages another file. isomorphic-ws
    // and `level` stay outside.
    ...common,
    entry: {
      index: "src/index.ts",
      ...PARTS,
      "platform-browser": PLATFORM_OF_BROWSERS,
      "level-store": "src/level-store/index.ts",
    },
    format: ["esm", "cjs"],
    platform: "neutral",
    sourcemap: true,
    esbuildPlugins: [
      licenses,
      ...Object.entries(PARTS).map(([name, source]) => besideTheBundle(source, name)),
    ],
    esbuildOptions(options) {
      // nanoid's browser build needs only `crypto.getRandomValues`, which Node 20 has too.
      options.conditions = ["browser", "import"];
    },
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
    terserOptions: { ecma: 2020, compress: { passes: 3 }, sourceMap: true },
    sourcemap: true,
    noExternal: [/.*/],
  },
  {
    // The development broker: Node only.
    ...common,
    entry: { broker: BROKER },
    format: ["esm", "cjs"],
    platform: "node",
    esbuildPlugins: [licenses, besideTheBundle(ERRORS, "errors"), consoleInside([licenses])],
  },
  {
    // The commands: what they say on the command line; the broker itself is the file beside them.
    ...common,
    entry: { "broker-cli": "src/broker/command/cli.ts", "package-cli": "src/broker/command/package-cli.ts" },
    format: ["esm"],
    platform: "node",
    esbuildPlugins: [besideTheBundle(ERRORS, "errors"), besideTheBundle(BROKER, "broker")],
    esbuildOptions(options) {
      options.banner = { js: "#!/usr/bin/env node" };
    },
  },
  {
    // The declarations of all, from one program: a third of the time of three.
    entry: {
      index: "src/index.ts",
      "level-store": "src/level-store/index.ts",
      broker: BROKER,
    },
    format: ["esm", "cjs"],
    dts: {
      only: true,
      // `Symbol.asyncDispose`: not every user's `lib` has it.
      banner: '/// <reference lib="esnext.disposable" />',
      compilerOptions: {
        // tsup 8 still sets `baseUrl`, which TypeScript 6 calls deprecated.
        ignoreDeprecations: "6.0",
        noEmit: false,
        // What only the parts of the client call on each other is not offered to users.
        stripInternal: true,
      },
    },
  },
]);

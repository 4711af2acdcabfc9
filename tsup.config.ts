import { rmSync } from "node:fs";
import { defineConfig, type Options } from "tsup";

// Not by tsup's `clean`: each of the configurations below would delete what the others have written already.
rmSync("dist", { recursive: true, force: true });

// tsup leaves `dependencies` and `peerDependencies` out of the bundles, and puts everything else in.
const common: Options = {
  target: "es2022",
  sourcemap: true,
  dts: false,
  // Keep `node:` before the built-in modules, as it is written.
  removeNodeProtocol: false,
};

/** Bundled CommonJS packages call require("http"); an ES module has to make that function. */
const MAKE_REQUIRE =
  'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);';

export default defineConfig([
  {
    // The SDK: one bundle for browsers and Node. isomorphic-ws stays outside (a dependency), because its
    // `browser` field is what lets a bundler leave `ws` out of a page.
    ...common,
    entry: { index: "src/index.ts" },
    format: ["esm", "cjs"],
    platform: "neutral",
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
    globalName: "msb",
    platform: "browser",
    minify: true,
    noExternal: [/.*/],
  },
  {
    // The development broker: Node only.
    ...common,
    entry: { broker: "src/broker/index.ts" },
    format: ["esm", "cjs"],
    platform: "node",
    esbuildOptions(options, { format }) {
      if (format === "esm") options.banner = { js: MAKE_REQUIRE };
    },
  },
  {
    // The command: what it says on the command line; the broker itself is the file beside it.
    ...common,
    sourcemap: false,
    entry: { "broker-cli": "src/broker/cli.ts" },
    format: ["esm"],
    platform: "node",
    esbuildPlugins: [
      {
        name: "the broker beside the command",
        setup(build) {
          build.onResolve({ filter: /^\.\/index\.ts$/ }, () => ({ path: "./broker.js", external: true }));
        },
      },
    ],
    esbuildOptions(options) {
      options.banner = { js: "#!/usr/bin/env node" };
    },
  },
  {
    // The declarations of both, from one program: half the time of two.
    entry: { index: "src/index.ts", broker: "src/broker/index.ts" },
    format: ["esm", "cjs"],
    dts: {
      only: true,
      // tsup 8 still sets `baseUrl`, which TypeScript 6 calls deprecated.
      compilerOptions: { ignoreDeprecations: "6.0", noEmit: false },
    },
  },
]);

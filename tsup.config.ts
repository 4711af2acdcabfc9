import { defineConfig, type Options } from "tsup";

const common: Options = {
  target: "es2022",
  sourcemap: true,
  // tsup 8 still sets `baseUrl`, which TypeScript 6 calls deprecated.
  dts: { compilerOptions: { ignoreDeprecations: "6.0", noEmit: false } },
};

export default defineConfig([
  {
    // The SDK: one bundle for browsers and Node. isomorphic-ws stays outside, because its `browser`
    // field is what lets a bundler leave `ws` out of a page.
    ...common,
    entry: { index: "src/index.ts" },
    format: ["esm", "cjs"],
    platform: "neutral",
    noExternal: ["nanoid", "mitt"],
    external: ["isomorphic-ws", /^zod/],
    esbuildOptions(options) {
      // nanoid's browser build needs only `crypto.getRandomValues`, which Node 20 has too.
      options.conditions = ["browser", "import"];
    },
  },
  {
    // The SDK for a <script> tag: everything inside, global `msb`.
    ...common,
    dts: false,
    entry: { index: "src/index.ts" },
    format: ["iife"],
    globalName: "msb",
    platform: "browser",
    minify: true,
    noExternal: [/.*/],
  },
  {
    // The development broker: Node only, its own dependencies inside.
    ...common,
    entry: { broker: "src/broker/index.ts" },
    format: ["esm", "cjs"],
    platform: "node",
    noExternal: [/.*/],
    external: ["ws"],
    esbuildOptions(options, { format }) {
      // Bundled CommonJS packages call require("http"); an ES module has to make that function.
      if (format === "esm") {
        options.banner = {
          js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
        };
      }
    },
  },
  {
    ...common,
    dts: false,
    sourcemap: false,
    entry: { "broker-cli": "src/broker/cli.ts" },
    format: ["esm"],
    platform: "node",
    external: ["./index.ts"],
    noExternal: [/.*/],
    esbuildOptions(options) {
      options.banner = {
        js: '#!/usr/bin/env node\nimport { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
      };
    },
  },
]);

import commonjs from "@rollup/plugin-commonjs";
import resolve from "@rollup/plugin-node-resolve";

export default {
  input: "main.js",
  output: { dir: "dist", format: "es" },
  plugins: [resolve({ browser: true }), commonjs()],
  onwarn(warning, warn) {
    // What zod is warned of whoever imports it: imports in a circle, and comments in places that Rollup does not know.
    const files = warning.ids ?? [warning.id];
    if (!files.every((file) => file?.includes("/node_modules/zod/"))) {
      warn(warning);
    }
  },
};

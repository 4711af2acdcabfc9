import { nodeResolve } from "@rollup/plugin-node-resolve";
import { transform } from "esbuild";
import { rollup } from "rollup";

/** What Rollup, with esbuild to make it small, leaves of a file for a browser. */
export async function rollUp(entry: string): Promise<string> {
  const rolled = await rollup({
    input: entry,
    logLevel: "silent",
    plugins: [nodeResolve({ browser: true })],
  });
  try {
    const { output } = await rolled.generate({ format: "es" });
    const { code } = await transform(output[0].code, { minify: true, format: "esm", target: "es2022" });
    return code;
  } finally {
    await rolled.close();
  }
}

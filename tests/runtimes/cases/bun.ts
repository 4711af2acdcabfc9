import type { Tools } from "../tools.ts";
import { serverCase } from "./server.ts";

const PROGRAMS: Readonly<Record<string, string>> = {
  "linux x64": "@oven/bun-linux-x64",
  "linux arm64": "@oven/bun-linux-aarch64",
  "darwin x64": "@oven/bun-darwin-x64",
  "darwin arm64": "@oven/bun-darwin-aarch64",
};

export const BUN = serverCase({
  name: "Bun",
  version: ({ tools }) => tools.version("bun"),
  command: ({ tools }) => ({ command: program(tools) }),
});

/** The package `bun` itself would copy it from there by a script. */
function program(tools: Tools): string {
  const name = PROGRAMS[`${process.platform} ${process.arch}`];
  if (name === undefined) {
    throw new Error(`There is no package with Bun for ${process.platform} ${process.arch}.`);
  }
  return tools.file(name, "bin", "bun");
}

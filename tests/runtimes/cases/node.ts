import type { RuntimeCase } from "../case.ts";
import { serverCase } from "./server.ts";

const [RUNNING] = process.versions.node.split(".");

/** The Node.js that runs the tests, and others as npm packages. */
export const NODE_CASES: readonly RuntimeCase[] = [
  serverCase({
    name: `Node.js ${RUNNING}`,
    version: () => process.versions.node,
    command: () => ({ command: process.execPath }),
  }),
  ...["22", "24"]
    .filter((major) => major !== RUNNING)
    .map((major) =>
      serverCase({
        name: `Node.js ${major}`,
        version: ({ tools }) => tools.version(`node-${major}`),
        command: ({ tools }) => ({ command: tools.file(`node-${major}`, "bin", "node") }),
      }),
    ),
];

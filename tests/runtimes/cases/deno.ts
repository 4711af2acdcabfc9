import { run } from "../../support/package/program.ts";
import type { Check, RuntimeCase, RuntimeContext } from "../case.ts";
import { serverCase } from "./server.ts";

const PROGRAMS: Readonly<Record<string, string>> = {
  "linux x64": "@deno/linux-x64-glibc",
  "linux arm64": "@deno/linux-arm64-glibc",
  "darwin x64": "@deno/darwin-x64",
  "darwin arm64": "@deno/darwin-arm64",
};

/** What `ws` asks the environment for when it is loaded. */
export const ENVIRONMENT = "--allow-env=WS_NO_BUFFER_UTIL,WS_NO_UTF_8_VALIDATE";

const all = serverCase({
  name: "Deno",
  version: ({ tools }) => tools.version("deno"),
  command: (context) => ({ command: program(context), args: ["run", "--no-prompt", "--allow-all"] }),
  tlsErrors: {
    expired: /set tls\.ca/,
    "not valid yet": /set tls\.ca/,
    "wrong passphrase": /client certificate.*tls\.cert and tls\.key/,
    "key of another certificate": /no version of TLS in common/,
  },
});

export const DENO: RuntimeCase = {
  ...all,
  run: async (context) => [...(await all.run(context)), ...(await checkPermissions(context))],
};

function program({ tools }: RuntimeContext): string {
  const name = PROGRAMS[`${process.platform} ${process.arch}`];
  if (name === undefined) {
    throw new Error(`There is no package with Deno for ${process.platform} ${process.arch}.`);
  }
  return tools.file(name, "deno");
}

/** The permissions that docs/reference/platforms.md names are enough, and none of them is too much. */
async function checkPermissions(context: RuntimeContext): Promise<Check[]> {
  const cwd = await context.copy("programs");
  const { host } = new URL(context.http);
  const net = `--allow-net=${host}`;
  const tries: readonly (readonly [flags: readonly string[], output: RegExp])[] = [
    [[net, ENVIRONMENT], /^published$/m],
    [[net], /Requires env access to "WS_NO_/],
    [[ENVIRONMENT], /The program may not connect to this address.*--allow-net/],
  ];
  const problems: string[] = [];
  for (const [flags, expected] of tries) {
    const { output } = await run(
      program(context),
      ["run", "--no-prompt", ...flags, "publish.mjs", context.http],
      { cwd, env: { NO_COLOR: "1" } },
    );
    if (!expected.test(output)) {
      problems.push(`${flags.join(" ")}: ${output}`);
    }
  }
  return [{ name: "least permissions", passed: problems.length === 0, detail: problems.join("\n") }];
}

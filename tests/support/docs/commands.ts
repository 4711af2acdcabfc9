import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readCommandLine } from "../../../src/broker/command/options.ts";
import { SUB_COMMANDS } from "../../../src/command/sub-commands.ts";
import { ROOT } from "./compile-examples.ts";

const { scripts, bin } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
};

/** What a reader has, or is told to install. */
const KNOWN = new Set([
  ...["cd", "cp", "curl", "docker", "git", "mkdir", "node", "npm", "npx", "python3", "pip"],
  ...["bun", "deno", "esbuild"],
]);
/** One command of a line: what is in quotes separates nothing. */
const COMMAND = /(?:"[^"]*"|'[^']*'|&(?!&)|[^;|&"'])+/g;
/** Of npx, besides the package's own. */
const TOOLS = new Set(["tsx", "vitest", "stryker", "vite", "tsc", "create-vite", "serve", "http-server"]);

/** What is wrong with lines for a shell: commands, scripts and options that are not there. */
export function findCommandMistakes(code: string): string[] {
  return code
    .replaceAll(/\\\n\s*/g, " ")
    .split("\n")
    .map((line) => line.replace(/(^|\s)#.*$/, "").trim())
    .filter((line) => line !== "")
    .flatMap((line) => line.match(COMMAND) ?? [])
    .flatMap((command) => mistakesOf(command.trim()));
}

function mistakesOf(command: string): string[] {
  const words = (command.match(/"[^"]*"|'[^']*'|\S+/g) ?? [])
    .filter((_word, index, all) => !all.slice(0, index + 1).every((each) => /^[A-Z_]+=/.test(each)))
    .map((word) => word.replace(/^(["'])(.*)\1$/, "$2"))
    .filter((word) => word !== "&");
  const [first = "", second = "", ...rest] = words;
  if (!KNOWN.has(first)) {
    return [`the command ${first} is not known here`];
  }
  if (first === "npm" && second === "run" && !(rest[0] !== undefined && rest[0] in scripts)) {
    // A project of the reader's own has scripts of its own; those that every tool makes are let through.
    return ["dev", "build", "start", "preview"].includes(rest[0] ?? "")
      ? []
      : [`there is no script ${rest[0]}`];
  }
  if (first === "npx") {
    return ofNpx(second === "--yes" || second === "-y" ? rest : [second, ...rest]);
  }
  const missing = words.filter(
    (word) => /^(scripts|tests|src|bench)\/[\w./-]+$/.test(word) && !existsSync(join(ROOT, word)),
  );
  return missing.map((path) => `there is no ${path}`);
}

function ofNpx([tool = "", ...all]: readonly string[]): string[] {
  const redirect = all.findIndex((word) => /^[<>]/.test(word));
  const args = redirect < 0 ? all : all.slice(0, redirect);
  if (tool === "msb-broker" || (tool in bin && args[0] === "broker")) {
    const command = readCommandLine(tool === "msb-broker" ? args : args.slice(1));
    return command.kind === "wrong" ? [command.reason] : [];
  }
  if (tool in bin) {
    return SUB_COMMANDS.some(({ name }) => name === args[0]) ? [] : [`${tool} has no command ${args[0]}`];
  }
  return TOOLS.has(tool) ? [] : [`npx ${tool} is not known here`];
}

import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { ROOT, temporaryFolder } from "../package/package.ts";
import { Program } from "../package/program.ts";

export const OFFICIAL = "@vfk_research/msb-client-websocket-nodejs";

const IDENTITY = '"SmartObject", "there", "Press 7", "A press", "press7"';

let folder: Awaited<ReturnType<typeof temporaryFolder>> | undefined;
let files = 0;

/** Call this once in a file of tests that use the functions below. */
export function useOfficialNode(): void {
  beforeAll(async () => {
    folder = await temporaryFolder();
    const modules = join(folder.path, "node_modules");
    await mkdir(join(modules, "@vfk_research"), { recursive: true });
    await symlink(join(ROOT, "node_modules", OFFICIAL), join(modules, OFFICIAL));
  });
  afterAll(async () => {
    await folder?.[Symbol.asyncDispose]();
  });
}

/** Where the official client can be loaded. */
export function officialFolder(): string {
  if (folder === undefined) {
    throw new Error("useOfficialNode() was not called.");
  }
  return folder.path;
}

/** Runs lines of a program with a `client`, the official one: its uuid is "there". */
export async function there(lines: string): Promise<Program> {
  files += 1;
  const path = join(officialFolder(), `there-${files}.cjs`);
  const head = `const MsbClient = require("${OFFICIAL}"); const client = new MsbClient(${IDENTITY});`;
  await writeFile(path, `${head}\n${lines}`);
  return new Program(process.execPath, [path], { cwd: officialFolder() });
}

/** The same, to its end. @returns what it prints, which is JSON, in its last line. */
export async function saidThere(lines: string): Promise<unknown> {
  await using program = await there(lines);
  expect(await program.exit, program.output).toBe(0);
  return JSON.parse(program.output.trim().split("\n").at(-1) ?? "");
}

import { execFile } from "node:child_process";
import { promisify } from "node:util";

const exec = promisify(execFile);

/** Runs a command, and gives what it writes to either stream. What it wrote is part of the error, too. */
export async function run(command: string, ...args: string[]): Promise<string> {
  try {
    const { stdout, stderr } = await exec(command, args, { timeout: 240_000, maxBuffer: 64_000_000 });
    return `${stdout}${stderr}`.trim();
  } catch (error) {
    const {
      stdout = "",
      stderr = "",
      message,
    } = error as { stdout?: string; stderr?: string; message: string };
    throw new Error(`${command} ${args.join(" ")} failed: ${message}\n${stdout}${stderr}`);
  }
}

/** The same, for a tool that has to be there; without it one line says how to get it. */
export async function need(
  language: string,
  howTo: string,
  command: string,
  ...args: string[]
): Promise<string> {
  try {
    return await run(command, ...args);
  } catch {
    const line = `Interop with ${language}: "${[command, ...args].join(" ")}" does not work. ${howTo}, or leave it out: INTEROP=${others(language)}`;
    // The stack would only hide the line.
    throw Object.assign(new Error(line), { stack: line });
  }
}

function others(language: string): string {
  return ["node", "python", "java"].filter((other) => other !== language).join(",");
}

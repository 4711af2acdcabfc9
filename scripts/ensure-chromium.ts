// The browser tests need a Chromium. Where there is none, Debian's package is installed (as root), or one line says how.
import { spawnSync } from "node:child_process";
import { findChromium } from "../tests/support/chromium.ts";

// Where CHROMIUM names one that is not there, another is not what was asked for.
if (findChromium() === undefined && process.env["CHROMIUM"] === undefined) {
  const isRoot = process.getuid?.() === 0;
  const hasApt = spawnSync("apt-get", ["--version"]).status === 0;
  if (isRoot && hasApt) {
    console.log("No Chromium found: installing Debian's package chromium.");
    run("apt-get", ["update", "-q"]);
    run("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"]);
  }
}

if (findChromium() === undefined) {
  console.error(
    "The browser tests need Chromium or Chrome: install one (Debian: sudo apt-get install chromium), or set CHROMIUM to its path.",
  );
  process.exitCode = 1;
}

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, {
    stdio: "inherit",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  if (status !== 0) console.error(`${command} ${args.join(" ")} failed (${status}).`);
}

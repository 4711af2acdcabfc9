import { spawnSync } from "node:child_process";

/** Installs Debian packages where that is possible: as root, on a machine with apt. Otherwise does nothing. */
export function installDebianPackages(...packages: readonly string[]): void {
  const isRoot = process.getuid?.() === 0;
  const hasApt = spawnSync("apt-get", ["--version"]).status === 0;
  if (!isRoot || !hasApt) {
    return;
  }
  console.log(`Installing from Debian's packages: ${packages.join(" ")}`);
  run("apt-get", ["update", "-q"]);
  run("apt-get", ["install", "-y", "-q", "--no-install-recommends", ...packages]);
}

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, {
    stdio: "inherit",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  if (status !== 0) {
    console.error(`${command} ${args.join(" ")} failed (${status}).`);
  }
}

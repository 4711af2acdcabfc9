// The interop tests need Python with venv, a JDK and Maven. What is missing is installed from Debian's packages (as root);
// what is missing then, the tests name in one line.
import { spawnSync } from "node:child_process";
import { installDebianPackages } from "./debian.ts";

const TOOLS = [
  { command: ["python3", "-c", "import ensurepip, venv"], packages: ["python3", "python3-venv"] },
  { command: ["javac", "-version"], packages: ["default-jdk-headless"] },
  { command: ["mvn", "-version"], packages: ["maven"] },
] as const;

const missing = TOOLS.filter(({ command: [name, ...args] }) => spawnSync(name, args).status !== 0);
if (missing.length > 0) {
  installDebianPackages(...missing.flatMap(({ packages }) => packages));
}

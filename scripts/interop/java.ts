import { copyFile, mkdir, readFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { cachedFolder, ROOT } from "./cache.ts";
import { need, run } from "./command.ts";

const GROUP = "com.github.research-virtualfortknox";
const VERSION = "1.0.7-RELEASE";
const PARENT = join(ROOT, "scripts/interop/java/msb-client-parent.pom.xml");
const PROGRAM = join(ROOT, "tests/interop/clients/InteropClient.java");
export const JAVA_HOW_TO = "Install a JDK and Maven (Debian: apt-get install default-jdk-headless maven)";

/** Fetches the official Java client, and compiles the program against it. @returns the class path. */
export async function setUpJava(): Promise<string> {
  const javac = await need("java", JAVA_HOW_TO, "javac", "-version");
  await need("java", JAVA_HOW_TO, "java", "-version");
  const client = await cachedFolder("java-client", [VERSION, await readFile(PARENT, "utf8")], fetchClient);
  const jar = join(client, `msb-client-websocket-${VERSION}-jar-with-dependencies.jar`);
  const program = await cachedFolder(
    "java-program",
    [javac, VERSION, await readFile(PROGRAM, "utf8")],
    async (folder) => {
      await run("javac", "-nowarn", "-encoding", "UTF-8", "-d", folder, "-cp", jar, PROGRAM);
    },
  );
  return [program, jar].join(delimiter);
}

async function fetchClient(folder: string): Promise<void> {
  await need("java", JAVA_HOW_TO, "mvn", "--version");
  // A repository of its own, so that the stand-in of the missing parent is not seen by anybody else.
  const repository = join(folder, "repository");
  const parent = join(
    repository,
    ...GROUP.split("."),
    "msb-client-parent",
    VERSION,
    `msb-client-parent-${VERSION}.pom`,
  );
  await mkdir(dirname(parent), { recursive: true });
  await copyFile(PARENT, parent);
  await run(
    "mvn",
    "--batch-mode",
    "--no-transfer-progress",
    "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy",
    // The jar with its dependencies inside: exactly what was built and tested with them.
    `-Dartifact=${GROUP}:msb-client-websocket:${VERSION}:jar:jar-with-dependencies`,
    `-DoutputDirectory=${folder}`,
    `-Dmaven.repo.local=${repository}`,
  );
}

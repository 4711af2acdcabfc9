import { readFile, rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { cachedFolder, ROOT } from "./cache.ts";
import { need, run } from "./command.ts";
import { JAVA_HOW_TO } from "./java.ts";

const POM = join(ROOT, "scripts/interop/spring/pom.xml");
const PROGRAM = join(ROOT, "tests/interop/servers/SpringServer.java");

/** Fetches Spring and Tomcat, and compiles the server against them. @returns the class path. */
export async function setUpSpring(): Promise<string> {
  const javac = await need("java", JAVA_HOW_TO, "javac", "-version");
  await need("java", JAVA_HOW_TO, "java", "-version");
  const pom = await readFile(POM, "utf8");
  const libraries = await cachedFolder("spring", [pom], fetchLibraries);
  const jars = join(libraries, "*");
  const program = await cachedFolder(
    "spring-server",
    [javac, pom, await readFile(PROGRAM, "utf8")],
    async (folder) => {
      await run("javac", "-nowarn", "-encoding", "UTF-8", "-d", folder, "-cp", jars, PROGRAM);
    },
  );
  return [program, jars].join(delimiter);
}

async function fetchLibraries(folder: string): Promise<void> {
  await need("java", JAVA_HOW_TO, "mvn", "--version");
  const repository = join(folder, "repository");
  await run(
    "mvn",
    ...["--batch-mode", "--no-transfer-progress", "--file", POM],
    "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies",
    `-DoutputDirectory=${folder}`,
    `-Dmaven.repo.local=${repository}`,
  );
  // What Maven itself is made of, several times as large as what it has fetched.
  await rm(repository, { recursive: true });
}

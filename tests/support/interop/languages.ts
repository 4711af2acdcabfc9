import { fileURLToPath } from "node:url";
import { setUpJava } from "../../../scripts/interop/java.ts";
import { setUpPython } from "../../../scripts/interop/python.ts";

export type Language = "node" | "python" | "java";

/** An official client, and how its program is started. */
export interface OfficialLanguage {
  readonly language: Language;
  /** What it can be told to use. The Java client is made on Spring's SockJS client, and knows nothing else. */
  readonly framings: readonly ("sockjs" | "raw")[];
  /** Puts the client in place. @returns the command that runs the program. */
  readonly prepare: () => Promise<readonly [string, ...string[]]>;
}

const program = (name: string): string =>
  fileURLToPath(new URL(`../../interop/clients/${name}`, import.meta.url));

const ALL: readonly OfficialLanguage[] = [
  {
    language: "node",
    framings: ["sockjs", "raw"],
    prepare: async () => [process.execPath, program("node.cjs")],
  },
  {
    language: "python",
    framings: ["sockjs", "raw"],
    // Unbuffered, so that an error message is not lost with the process.
    prepare: async () => [await setUpPython(), "-u", program("python.py")],
  },
  {
    language: "java",
    framings: ["sockjs"],
    prepare: async () => {
      const classPath = await setUpJava();
      // It writes dates in the zone of its computer, and these are compared as text. The rest starts it faster.
      const options = ["-Duser.timezone=UTC", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"];
      return ["java", ...options, "-cp", classPath, "InteropClient"];
    },
  },
];

/** The languages that the environment variable INTEROP names (all without it), and those it leaves out. */
export function chosenLanguages(variable: string | undefined = process.env["INTEROP"]): {
  readonly chosen: readonly OfficialLanguage[];
  readonly leftOut: readonly OfficialLanguage[];
} {
  const names = variable?.split(",").map((name) => name.trim()) ?? ALL.map(({ language }) => language);
  const unknown = names.filter((name) => !ALL.some(({ language }) => language === name));
  if (unknown.length > 0) {
    throw new Error(`INTEROP=${variable}: expected some of node, python and java, separated by commas.`);
  }
  const isChosen = ({ language }: OfficialLanguage): boolean => names.includes(language);
  return { chosen: ALL.filter(isChosen), leftOut: ALL.filter((language) => !isChosen(language)) };
}

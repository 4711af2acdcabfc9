import { identityFromProperties, type PropertiesIdentity } from "../core/self-description/properties.ts";
import { MsbDefinitionError, reasonOf } from "../support/errors.ts";
import { noFiles } from "./no-files.ts";

/** The part of Node that reads a file. Asked for by name at run time, so that the same bundle loads in a browser. */
interface NodeProcess {
  cwd(): string;
  getBuiltinModule?(name: "node:fs"): { readFileSync(path: string, encoding: "utf8"): string };
  getBuiltinModule?(name: "node:path"): { resolve(...parts: string[]): string };
}

/**
 * Reads the identity from a properties file.
 * @param file its path, from the working directory on
 * @throws {MsbDefinitionError} if there is no such file, a key is missing, or the platform has no files.
 */
export function readPropertiesFile(file: string): PropertiesIdentity {
  const { process } = globalThis as { process?: NodeProcess };
  if (process?.getBuiltinModule === undefined) {
    throw noFiles(file);
  }
  const path = process.getBuiltinModule("node:path").resolve(process.cwd(), file);
  let text: string;
  try {
    text = process.getBuiltinModule("node:fs").readFileSync(path, "utf8");
  } catch (error) {
    const message = `cannot be read (${reasonOf(error)})`;
    throw new MsbDefinitionError(path, [{ path: "", message }], {
      cause: error,
      remedy:
        "Create it with msb.type, msb.uuid, msb.name, msb.description and msb.token, or give these to the constructor.",
    });
  }
  return identityFromProperties(text, path);
}

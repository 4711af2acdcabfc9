import { describeError, MsbDefinitionError } from "../../support/errors.ts";
import { throwIssues } from "../validation/issues.ts";
import type { Identity } from "./identity.ts";
import { readProperties } from "./properties-text.ts";

/** What `application.properties` says: the identity, and where the MSB is. */
export interface PropertiesIdentity extends Identity {
  /** `msb.url`, if it is given. */
  readonly url?: string;
}

const FIELDS = ["type", "uuid", "name", "description", "token"] as const;

/**
 * Reads `msb.type`, `msb.uuid`, `msb.name`, `msb.description`, `msb.token` and, optionally, `msb.url` from the text of a
 * Java properties file. Other keys may stand beside them.
 * @param text the content of the file, not its name
 * @param file what the file is called in errors
 * @throws {MsbDefinitionError} naming the file and every key that is missing or empty.
 * @example
 * const properties = identityFromProperties(await readFile("press.properties", "utf8"), "press.properties");
 * const client = new MsbClient({ ...properties, cached: true });
 */
export function identityFromProperties(text: string, file = "application.properties"): PropertiesIdentity {
  const properties = parse(text, file);
  const read = (name: string): string => properties.get(`msb.${name}`)?.trim() ?? "";
  const missing = FIELDS.filter((name) => read(name) === "").map((name) => `msb.${name}`);
  throwIssues(
    file,
    missing.map((path) => ({ path, message: properties.has(path) ? "must not be empty" : "is missing" })),
  );
  const identity = Object.fromEntries(FIELDS.map((name) => [name, read(name)])) as unknown as Identity;
  const url = read("url");
  return { ...identity, ...(url !== "" && { url }) };
}

function parse(text: string, file: string): ReadonlyMap<string, string> {
  if (typeof text !== "string") {
    throw new MsbDefinitionError(file, [{ path: "", message: "give the content of the file as a text" }]);
  }
  try {
    return readProperties(text);
  } catch (error) {
    throw new MsbDefinitionError(file, [{ path: "", message: describeError(error) }]);
  }
}

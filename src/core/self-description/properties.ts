import { getProperties } from "properties-file";
import { MsbDefinitionError, type MsbIssue } from "../../support/errors.ts";
import type { Identity } from "./identity.ts";

/** What `application.properties` says: the identity, and where the MSB is. */
export interface PropertiesIdentity extends Identity {
  /** `msb.url`, if it is given. */
  readonly url?: string;
}

const KEYS = ["type", "uuid", "name", "description", "token"] as const;

/**
 * Reads `msb.type`, `msb.uuid`, `msb.name`, `msb.description`, `msb.token` and, optionally, `msb.url` from the content of
 * a Java properties file. Other keys are ignored.
 * @param text the content of the file, not its name
 * @param file what the file is called in errors
 * @throws {MsbDefinitionError} naming the file and every key that is missing or empty.
 * @example
 * const properties = identityFromProperties(await readFile("press.properties", "utf8"), "press.properties");
 * const client = new MsbClient({ ...properties, cached: true });
 */
export function identityFromProperties(text: string, file = "application.properties"): PropertiesIdentity {
  const properties = parse(text, file);
  const values = KEYS.map((key) => [key, properties[`msb.${key}`]?.trim() ?? ""] as const);
  const issues: MsbIssue[] = values
    .filter(([, value]) => value === "")
    .map(([key]) => ({
      path: `msb.${key}`,
      message: Object.hasOwn(properties, `msb.${key}`) ? "must not be empty" : "is missing",
    }));
  if (issues.length > 0) {
    throw new MsbDefinitionError(file, issues);
  }
  const url = properties["msb.url"]?.trim() ?? "";
  return { ...(Object.fromEntries(values) as unknown as Identity), ...(url === "" ? {} : { url }) };
}

function parse(text: string, file: string): Readonly<Record<string, string>> {
  if (typeof text !== "string") {
    throw new MsbDefinitionError(file, [{ path: "", message: "give the content of the file as a string" }]);
  }
  return getProperties(text);
}

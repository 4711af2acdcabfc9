import { readFileSync } from "node:fs";

/** The version of the package, which is one folder up from the bundle, and three from the source. */
export function readVersion(): string {
  for (const path of ["../package.json", "../../../package.json"]) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
      if (name === "msb-client-websocket") {
        return version;
      }
    } catch {
      // Not here.
    }
  }
  return "unknown";
}

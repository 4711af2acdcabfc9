import type { ConsoleFiles } from "../../../console/build.ts";
import type { ConsoleAsset, ConsoleAssets } from "./console.ts";

let files: Promise<ConsoleFiles> | undefined;

/** Once for all brokers of the process, and not before somebody looks at the page. */
function loadFiles(): Promise<ConsoleFiles> {
  files ??= import("./console-files.ts").then(({ readConsoleFiles }) => readConsoleFiles());
  return files;
}

function asset(type: string, name: keyof ConsoleFiles): ConsoleAsset {
  return { type: `${type}; charset=utf-8`, body: async () => (await loadFiles())[name] };
}

/** The console page. */
export const consoleAssets: ConsoleAssets = new Map([
  ["/", asset("text/html", "page")],
  ["/console.js", asset("text/javascript", "script")],
  ["/console.css", asset("text/css", "style")],
]);

import { spawn } from "node:child_process";

/** The program that opens a URL as the user wants it, by operating system. */
function opener(url: string): readonly [string, ...string[]] {
  switch (process.platform) {
    case "darwin":
      return ["open", url];
    case "win32":
      // Not `start`, which is a part of a shell that would read the URL.
      return ["rundll32", "url.dll,FileProtocolHandler", url];
    default:
      return ["xdg-open", url];
  }
}

/** Opens a page in the user's browser. @param onFailure is told why that was not possible. */
export function openBrowser(url: string, onFailure: (reason: string) => void): void {
  const [command, ...args] = opener(url);
  const child = spawn(command, args, { stdio: "ignore", detached: true });
  child.on("error", (error) => onFailure(error.message));
  child.on("exit", (code) => {
    if (code !== 0 && code !== null) {
      onFailure(`${command} ended with ${code}`);
    }
  });
  // The browser outlives the broker.
  child.unref();
}

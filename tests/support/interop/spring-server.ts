import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";

/** Starts `tests/interop/servers/SpringServer.java`. @returns its URL; it ends with the test. */
export async function startSpring(classPath: string): Promise<string> {
  const options = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"];
  const server = spawn("java", [...options, "-cp", classPath, "SpringServer"]);
  let output = "";
  server.stderr.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const ended = once(server, "close");
  onTestFinished(async () => {
    server.stdin.end();
    await ended;
  });
  for await (const line of createInterface({ input: server.stdout })) {
    const [, port] = /^port (\d+)$/.exec(line) ?? [];
    if (port !== undefined) {
      return `http://127.0.0.1:${port}`;
    }
  }
  throw new Error(`The Spring server ended before it listened:\n${output}`);
}

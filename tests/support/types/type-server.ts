import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

/** Where something is: a file, and a line and a column counted from 1. */
export interface Target {
  readonly file: string;
  readonly start: { readonly line: number; readonly offset: number };
}

interface Response {
  readonly type: string;
  readonly request_seq?: number;
  readonly body?: readonly Target[];
}

/** Asks TypeScript's server, as an editor does, where the names at some places of a file are defined. */
export async function goToDefinitions(
  file: string,
  places: readonly { readonly line: number; readonly offset: number }[],
): Promise<readonly (Target | undefined)[]> {
  const path = createRequire(import.meta.url).resolve("typescript/lib/tsserver.js");
  const server = spawn(process.execPath, [path, "--disableAutomaticTypingAcquisition"]);
  try {
    const requests = [
      { command: "open", arguments: { file } },
      ...places.map((place) => ({ command: "definition", arguments: { file, ...place } })),
    ];
    server.stdin.write(
      requests.map((each, seq) => `${JSON.stringify({ seq, type: "request", ...each })}\n`).join(""),
    );
    const found = new Map<number, Target | undefined>();
    for await (const line of createInterface({ input: server.stdout })) {
      const response: Response | undefined = line.startsWith("{") ? JSON.parse(line) : undefined;
      if (response?.type === "response" && response.request_seq !== undefined) {
        found.set(response.request_seq, response.body?.[0]);
        if (found.has(places.length)) {
          break;
        }
      }
    }
    return places.map((_place, index) => found.get(index + 1));
  } finally {
    server.kill();
  }
}

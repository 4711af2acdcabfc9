// `npm run bench`: this client and the official Node.js client, one after the other against the same server, in one run.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { startServer } from "./server.ts";

const ROUNDS = 5;
const EVENTS = Number(process.env["EVENTS"] ?? 50_000);

interface Result {
  /** Milliseconds from the call of connect() to IO_REGISTERED, in a process that has just started. */
  readonly registered: number;
  /** Milliseconds from the open socket to R, as the server sees it. */
  readonly opened: number;
  /** Events that the server had received per second. */
  readonly simple: number;
  readonly complex: number;
}

const CLIENTS = { ours: "ours.mjs", official: "official.cjs" } as const;
type Client = keyof typeof CLIENTS;

const server = await startServer();
const results: Record<Client, Result[]> = { ours: [], official: [] };
for (let round = 0; round < ROUNDS; round += 1) {
  for (const client of Object.keys(CLIENTS) as Client[]) {
    results[client].push(await measure(CLIENTS[client]));
  }
}
await server.close();

const rows = (["registered", "opened", "simple", "complex"] as const).map((what) => {
  const [ours, official] = [median("ours", what), median("official", what)];
  const ratio = what === "registered" || what === "opened" ? official / ours : ours / official;
  return { what, ours: ours.toFixed(1), official: official.toFixed(1), "times better": ratio.toFixed(2) };
});
console.log(
  `Median of ${ROUNDS} rounds, ${EVENTS} events each, one IO_PUBLISHED for each, SockJS framing, validation on.`,
);
console.log("registered: ms from connect() to IO_REGISTERED; opened: ms from the open socket to R;");
console.log("simple, complex: events per second.");
console.table(rows);

async function measure(script: string): Promise<Result> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, [path, server.url, String(EVENTS)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const marks = new Map<string, number>();
  // The program says when it begins with something; when it is done is for the server to say.
  for await (const line of createInterface({ input: child.stdout })) {
    const [mark, value] = line.split(" ");
    if (mark === "registered") {
      marks.set("registered", Number(value));
    }
    if (mark === "publishing" && value !== undefined) {
      const started = performance.now();
      await server.received(EVENTS);
      marks.set(value, EVENTS / ((performance.now() - started) / 1_000));
      child.stdin.write("next\n");
    }
    if (mark === "done") {
      child.kill();
    }
  }
  if (child.exitCode === null && child.signalCode === null) {
    await once(child, "exit");
  }
  return {
    opened: server.openToRegistration(),
    registered: mark(marks, "registered"),
    simple: mark(marks, "simple"),
    complex: mark(marks, "complex"),
  };
}

function mark(marks: ReadonlyMap<string, number>, name: string): number {
  const value = marks.get(name);
  if (value === undefined) {
    throw new Error(`The program did not report ${name}.`);
  }
  return value;
}

function median(client: Client, what: keyof Result): number {
  const values = results[client].map((result) => result[what]).sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? Number.NaN;
}

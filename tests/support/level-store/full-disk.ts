// A process whose disk is full for a while, and that is killed afterwards. Writes what became of its events: the keys of
// those that were stored, and how the others failed. Argument: the folder of the store.
import { execFileSync } from "node:child_process";
import { writeSync } from "node:fs";
import { levelStore } from "../../../src/level-store/index.ts";
import { put } from "./events.ts";

/** Files may grow up to this many bytes; to the process it looks like a full disk. */
function limitFiles(bytes: number | "unlimited"): void {
  execFileSync("prlimit", ["--pid", String(process.pid), `--fsize=${bytes}:unlimited`]);
}

const store = levelStore(process.argv[2] ?? "");
await store.open();
const kept: number[] = [];
const failures: string[] = [];
let key = 1;

async function write(count: number): Promise<void> {
  for (const end = key + count; key < end; key += 1) {
    await store.write([put(key, 1_000)]).then(
      () => kept.push(key),
      (error: Error) => failures.push(error.message),
    );
  }
}

await write(10);
limitFiles(12_000);
await write(5);
limitFiles("unlimited");
await write(100);
writeSync(1, JSON.stringify({ kept, failures }));
process.kill(process.pid, "SIGKILL");

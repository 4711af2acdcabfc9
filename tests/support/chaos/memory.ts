import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { startBroker } from "../../../src/broker/index.ts";
import { FaultProxy } from "../fault-proxy/fault-proxy.ts";
import type { MemoryFigures } from "./memory-publisher.ts";

export interface MemoryOptions {
  readonly events: number;
  readonly caching: "cached" | "uncached";
  /** In one go, or with a turn of the event loop after every 1,000. */
  readonly pace: "sync" | "yield";
  /** What the server does not do any more: read from its sockets, or answer. */
  readonly stall: "reads nothing" | "answers nothing";
  /** Megabytes that the heap of the process may have at all. */
  readonly maxHeap: number;
}

const PUBLISHER = fileURLToPath(new URL("memory-publisher.ts", import.meta.url));

/** Runs a publisher in a process of its own, against a server that stalls. */
export async function runMemory(options: MemoryOptions): Promise<MemoryFigures> {
  const { events, caching, pace, stall, maxHeap } = options;
  await using broker = await startBroker();
  await using proxy = await FaultProxy.start(broker.url);
  const flags = ["--expose-gc", `--max-old-space-size=${maxHeap}`, "--import", "tsx"];
  const child = spawn(process.execPath, [...flags, PUBLISHER, proxy.url, String(events), caching, pace], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  let figures: MemoryFigures | undefined;
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  child.stdin.on("error", () => {});
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (line !== "registered") {
      figures = JSON.parse(line);
      return;
    }
    if (stall === "reads nothing") {
      proxy.stopReading();
    } else {
      proxy.stopAnswers();
    }
    child.stdin.write("go\n");
  });
  const [code, signal] = await once(child, "close");
  if (figures === undefined) {
    throw new Error(
      `${caching}, ${pace}: the publisher ended with ${code ?? signal}:\n${errors.slice(0, 2_000)}`,
    );
  }
  return figures;
}

/** eventCacheSize and maxInFlight, as they are by default. */
const HELD_EVENTS = 2_000;

/** What one event that is held takes beside its message: its promise, its closures, its place in the queue. In bytes. */
const EVENT_OVERHEAD = 1_000;

/** What the program itself comes to need on the way: compiled code, caches, the buffers of its socket. In bytes. */
const PROGRAM = 4_000_000;

/** What one call may leave behind until the event loop turns: a promise cannot be settled before. In bytes. */
const SYNC_CALL = 800;

/** By how much the heap may have grown, once the event loop has turned: by what may wait, and nothing else. */
export function heapBound({ messageSize }: MemoryFigures): number {
  return HELD_EVENTS * (messageSize + EVENT_OVERHEAD) + PROGRAM;
}

/** By how much it may grow in a loop that never lets the event loop turn; garbage that is not yet collected counts too. */
export function syncBound(figures: MemoryFigures, calls: number): number {
  return heapBound(figures) + calls * SYNC_CALL + 64_000_000;
}

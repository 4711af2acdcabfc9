import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startBroker } from "../../../src/broker/index.ts";
import type { BacklogFigures } from "./backlog-publisher.ts";

export interface BacklogReport {
  readonly storing: BacklogFigures;
  readonly draining: BacklogFigures;
  readonly arrived: number;
  readonly isInOrder: boolean;
}

const PUBLISHER = fileURLToPath(new URL("backlog-publisher.ts", import.meta.url));

/** Megabytes that the heap of the process may have at all; it needs about 25 by itself. */
const MAX_HEAP = 64;

/** By how much the heap may grow, in bytes: a few pages of events, whatever the store holds. */
export const BACKLOG_BOUND = 16_000_000;

/** One process stores so many events offline and ends; the next one sends them. */
export async function runBacklog(events: number): Promise<BacklogReport> {
  const folder = await mkdtemp(join(tmpdir(), "msb-backlog-"));
  await using broker = await startBroker();
  let arrived = 0;
  let isInOrder = true;
  broker.on("event", ({ dataObject }) => {
    isInOrder &&= dataObject === arrived;
    arrived += 1;
  });
  const run = async (task: string): Promise<BacklogFigures> => {
    const flags = ["--expose-gc", `--max-old-space-size=${MAX_HEAP}`, "--import", "tsx"];
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...flags,
      PUBLISHER,
      join(folder, "store"),
      broker.url,
      task,
    ]);
    return JSON.parse(stdout) as BacklogFigures;
  };
  try {
    const storing = await run(String(events));
    const draining = await run("drain");
    return { storing, draining, arrived, isInOrder };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

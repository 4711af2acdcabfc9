import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startBroker } from "../../../src/broker/index.ts";
import { deferred } from "../../../src/support/deferred.ts";
import { FaultProxy } from "../fault-proxy/fault-proxy.ts";
import { Random } from "./random.ts";

export interface CrashOptions {
  readonly seed: number;
  readonly kills: number;
  /** Whether the store waits for the disk. */
  readonly sync?: boolean;
  readonly log?: (line: string) => void;
}

export interface CrashReport {
  readonly kills: number;
  /** Events whose acceptance was reported. */
  readonly reported: number;
  /** Distinct events that arrived: also such that were stored, and whose publisher was killed before it knew. */
  readonly arrived: number;
  readonly duplicates: number;
  /** Waited in the store when the last process started. */
  readonly drainedAtTheEnd: number;
  readonly seconds: number;
  /** What must not be; empty for a good run. */
  readonly findings: readonly string[];
}

const PUBLISHER = fileURLToPath(new URL("crash-publisher.ts", import.meta.url));

/** More than one process publishes before it is killed. */
const NUMBERS_PER_PROCESS = 1_000_000;

/** Kills a publisher with SIGKILL again and again, at random moments, and looks whether what it was promised is kept. */
export async function runCrash({ seed, kills, sync = false, log }: CrashOptions): Promise<CrashReport> {
  const started = performance.now();
  const random = new Random(seed);
  const folder = await mkdtemp(join(tmpdir(), "msb-crash-"));
  const [store, reports] = [join(folder, "store"), join(folder, "reports")];
  const countReports = async (): Promise<number> => (await readNumbers(reports)).length;
  const firstArrivals: number[] = [];
  const arrived = new Set<number>();
  const findings: string[] = [];
  let duplicates = 0;

  await using broker = await startBroker();
  await using proxy = await FaultProxy.start(broker.url);
  broker.on("event", ({ dataObject }) => {
    const number = dataObject as number;
    if (arrived.has(number)) {
      duplicates += 1;
    } else {
      arrived.add(number);
      firstArrivals.push(number);
    }
  });

  function start(task: string) {
    const args = ["--import", "tsx", PUBLISHER, store, reports, proxy.url, "crash", task];
    const env = { ...process.env, SYNC: sync ? "1" : "0" };
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"], env });
    const ready = deferred();
    const reported = deferred();
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line === "ready") {
        ready.resolve();
      } else {
        reported.resolve();
      }
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      findings.push(...text.trim().split("\n"));
    });
    return { child, closed: once(child, "close"), ready: ready.promise, reported: reported.promise };
  }

  for (let kill = 0; kill < kills; kill += 1) {
    // Every other process reaches nobody, so that the next one finds a full store.
    const reachable = kill % 2 === 0;
    if (reachable) {
      proxy.heal();
    } else {
      proxy.refuseDials(Number.POSITIVE_INFINITY);
    }
    const whileOpening = random.next() < 0.3;
    const moment = whileOpening ? random.int(0, 100) : random.int(0, 400);
    const { child, closed, ready, reported } = start(String(kill * NUMBERS_PER_PROCESS));
    await Promise.race([whileOpening ? ready : reported, closed]);
    // The one thing here that is a matter of time: when it is killed.
    await pause(moment);
    if (child.exitCode !== null) {
      findings.push(`process ${kill} ended by itself with ${child.exitCode}`);
    }
    child.kill("SIGKILL");
    await closed;
    log?.(
      `kill ${kill + 1}: ${moment} ms after ${whileOpening ? "it began to open its store" : "its first report"}, ` +
        `broker ${reachable ? "reachable" : "unreachable"}: ${await countReports()} reported, ${arrived.size} arrived`,
    );
  }

  proxy.heal();
  const before = arrived.size;
  const last = start("drain");
  const [code] = await last.closed;
  if (code !== 0) {
    findings.push(`the last process ended with ${code}`);
  }
  const reported = await readNumbers(reports);
  await rm(folder, { recursive: true, force: true });

  const lost = reported.filter((number) => !arrived.has(number));
  if (lost.length > 0) {
    findings.push(`${lost.length} reported, but never arrived: ${lost.slice(0, 5).join(", ")}`);
  }
  const late = firstArrivals.filter((number, index) => number < (firstArrivals[index - 1] ?? -1));
  if (late.length > 0) {
    findings.push(`${late.length} arrived out of order: ${late.slice(0, 5).join(", ")}`);
  }
  return {
    kills,
    reported: reported.length,
    arrived: arrived.size,
    duplicates,
    drainedAtTheEnd: arrived.size - before,
    seconds: Math.round(performance.now() - started) / 1000,
    findings,
  };
}

/** The numbers in a file, one in each line; a line that was not ended was not reported. */
async function readNumbers(path: string): Promise<readonly number[]> {
  const text = await readFile(path, "utf8").catch(() => "");
  return text.split("\n").slice(0, -1).map(Number);
}

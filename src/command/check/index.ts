import { readVersion } from "../../broker/command/version.ts";
import { type CheckCommand, readCommandLine } from "./arguments.ts";
import { CheckContext } from "./context.ts";
import { type ReportFacts, toJson } from "./report/json.ts";
import { countStatuses } from "./report/summary.ts";
import { describeEnd, describeResult, type TableOptions } from "./report/table.ts";
import { type ProbeResult, runProbes } from "./run.ts";
import { USAGE } from "./usage.ts";

/** Where the command writes to: standard output and standard error of a process. */
export interface CheckOutput {
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Told what is waited for. */
  readonly progress?: ((text: string) => void) | undefined;
  /** Characters of a line. @default 110 */
  readonly width?: number | undefined;
  readonly colours?: boolean;
  /** Told that Ctrl+C was pressed. @returns a function that stops listening. */
  readonly onInterrupt?: (listener: () => void) => () => void;
}

const WIDTH = 110;
const OK = 0;
const PROBLEM = 1;
const WRONG = 2;
/** As shells say it. */
const INTERRUPTED = 130;

/** `npx msb-client-websocket check`. @returns the exit code. */
export async function checkCommand(args: readonly string[], output: CheckOutput): Promise<number> {
  const command = readCommandLine(args);
  switch (command.kind) {
    case "help":
      output.write(`${USAGE}\n`);
      return OK;
    case "version":
      output.write(`${readVersion()}\n`);
      return OK;
    case "wrong": {
      const reason = command.reason.replace(/\.$/, "");
      output.writeError(`msb-client-websocket check: ${reason} (see msb-client-websocket check --help)\n`);
      return WRONG;
    }
    case "check":
      return check(command, output);
  }
}

async function check(
  command: Extract<CheckCommand, { kind: "check" }>,
  output: CheckOutput,
): Promise<number> {
  const { target, json } = command;
  const context = new CheckContext(target, command);
  const table: TableOptions = { width: output.width ?? WIDTH, colours: output.colours ?? false };
  const write = (text: string) => output.write(`${text}\n`);
  const version = readVersion();
  const startedAt = new Date();
  const start = performance.now();
  const results: ProbeResult[] = [];
  if (!json) {
    write(`msb-client-websocket ${version}, Node.js ${process.version}: ${target.url}`);
  }
  let isOver = false;
  const tell = (found: ProbeResult) => {
    if (isOver) {
      // What is found on connections that were closed in the middle says nothing of the MSB.
      return;
    }
    const result = masked(found, context.mask);
    results.push(result);
    if (!json) {
      write(`${describeResult(result, table)}`);
    }
  };
  const onWait = () => {
    if (!isOver && !command.quick && context.stopped === undefined) {
      output.progress?.("Waiting for a heartbeat, up to 30 s; Ctrl+C ends it …\n");
    }
  };
  const finished = runProbes(context, command, tell, onWait);
  const isInterrupted = await untilInterrupted(finished, output);
  isOver = true;
  await context.close();
  const milliseconds = Math.round(performance.now() - start);
  const facts: ReportFacts = {
    version,
    url: target.url,
    startedAt,
    milliseconds,
    left: [...context.left],
    results,
  };
  write(json ? toJson(facts) : describeEnd(facts, table));
  if (isInterrupted) {
    return INTERRUPTED;
  }
  return countStatuses(results).problem > 0 ? PROBLEM : OK;
}

/** Frames are masked already. */
function masked(result: ProbeResult, mask: (text: string) => string): ProbeResult {
  const findings = result.findings.map((each) => ({
    ...each,
    found: mask(each.found),
    remedy: each.remedy === undefined ? undefined : mask(each.remedy),
  }));
  return { ...result, findings };
}

/** Waits, but not longer than the user: what was found by then, and what is left behind, is told all the same. */
async function untilInterrupted(finished: Promise<void>, { onInterrupt }: CheckOutput): Promise<boolean> {
  let stop = (): void => {};
  const interrupted = new Promise<boolean>((resolve) => {
    stop = onInterrupt?.(() => resolve(true)) ?? stop;
  });
  try {
    return await Promise.race([finished.then(() => false), interrupted]);
  } finally {
    stop();
  }
}

import { within } from "./connection/wait.ts";
import type { CheckContext } from "./context.ts";
import { type Finding, failed, problem, skipped } from "./finding.ts";
import type { Probe } from "./probe.ts";
import { certificate } from "./probes/certificate.ts";
import { events } from "./probes/events.ts";
import { heartbeat } from "./probes/heartbeat.ts";
import { websocketInterface } from "./probes/interface.ts";
import { network } from "./probes/network.ts";
import { origins } from "./probes/origins.ts";
import { refusals } from "./probes/refusals.ts";
import { registration } from "./probes/registration.ts";
import { secondConnection } from "./probes/second-connection.ts";
import { sizes } from "./probes/sizes.ts";

/** Milliseconds that a probe gets in any case: a heartbeat comes after 25 s. */
const LEAST_TIME = 35_000;

/** What one probe has found. */
export interface ProbeResult {
  readonly title: string;
  /** Whether it was not tried; the finding says why. */
  readonly isLeftOut: boolean;
  readonly findings: readonly Finding[];
  readonly milliseconds: number;
}

export interface RunOptions {
  /** Leaves the heartbeat out, which is a wait of 25 seconds. */
  readonly quick: boolean;
  readonly sizes: boolean;
}

/** Runs the probes, one after the other but for the heartbeat, and tells what each has found. */
export async function runProbes(
  context: CheckContext,
  options: RunOptions,
  tell: (result: ProbeResult) => void,
  onWait: () => void,
): Promise<void> {
  const inOrder = async (probes: readonly Probe[]) => {
    for (const probe of probes) {
      tell(await runProbe(context, probe));
    }
  };
  await inOrder([network, certificate, websocketInterface]);
  const beat = options.quick ? leftOut(heartbeat, "only without --quick") : runProbe(context, heartbeat);
  await inOrder([registration, events, refusals, secondConnection, origins]);
  tell(await (options.sizes ? runProbe(context, sizes) : leftOut(sizes, "only with --sizes")));
  onWait();
  tell(await beat);
}

function leftOut({ title }: Probe, reason: string): ProbeResult {
  return { title, isLeftOut: true, findings: [skipped("left out", reason)], milliseconds: 0 };
}

/** It never rejects, and always ends. */
async function runProbe(context: CheckContext, probe: Probe): Promise<ProbeResult> {
  const { title, answers } = probe;
  const missing = context.stopped ?? probe.missing?.(context);
  if (missing !== undefined) {
    return leftOut(probe, missing);
  }
  const start = performance.now();
  const timeLimit = LEAST_TIME + answers * context.target.answerTime;
  const findings: Finding[] = [];
  const end = await within(timeLimit, collect(probe.run(context), findings));
  const broken =
    end === undefined ? problem("not finished", `it took more than ${timeLimit / 1_000} s`) : end;
  const milliseconds = Math.round(performance.now() - start);
  // Copied: one that took too long may go on.
  const all = broken === null ? [...findings] : [...findings, broken];
  return { title, isLeftOut: false, findings: all, milliseconds };
}

/** @returns what broke it off; `null` if nothing did. */
async function collect(run: AsyncIterable<Finding>, findings: Finding[]): Promise<Finding | null> {
  try {
    for await (const finding of run) {
      findings.push(finding);
    }
    return null;
  } catch (error) {
    return failed("not finished", error);
  }
}

import { checkCommand } from "../../../src/command/check/index.ts";

/** A finding, as the JSON has it. */
export interface ReportedFinding {
  readonly name: string;
  readonly status: "ok" | "note" | "problem" | "skipped";
  readonly found: string;
  readonly remedy?: string;
  readonly frames?: readonly { milliseconds: number; direction: string; text: string }[];
}

/** What `check --json` writes. */
export interface CheckReport {
  readonly tool: string;
  readonly version: string;
  readonly node: string;
  readonly platform: string;
  readonly url: string;
  readonly startedAt: string;
  readonly milliseconds: number;
  readonly counts: Readonly<Record<ReportedFinding["status"], number>>;
  readonly left: readonly string[];
  readonly probes: readonly {
    readonly title: string;
    readonly isLeftOut: boolean;
    readonly milliseconds: number;
    readonly findings: readonly ReportedFinding[];
  }[];
}

export interface CheckRun {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs `check` in this process. */
export async function runCheck(...args: string[]): Promise<CheckRun> {
  let output = "";
  let errors = "";
  const code = await checkCommand(args, {
    write: (text) => {
      output += text;
    },
    writeError: (text) => {
      errors += text;
    },
    width: 1_000,
  });
  return { code, output, errors };
}

/** The same with `--json`, which has to be JSON. */
export async function report(...args: string[]): Promise<CheckReport & { readonly code: number }> {
  const { code, output } = await runCheck(...args, "--json");
  return { ...(JSON.parse(output) as CheckReport), code };
}

/** A finding by its probe and name; without a name that of a probe that was left out. */
export function finding({ probes }: CheckReport, title: string, name = "left out"): ReportedFinding {
  const findings = probes.find((probe) => probe.title === title)?.findings ?? [];
  const found = findings.find((each) => each.name === name);
  if (found === undefined) {
    throw new Error(`No finding "${name}" of "${title}": ${JSON.stringify(findings)}`);
  }
  return found;
}

/** The names of all findings with this status, such as `Events: one event`. */
export function named({ probes }: CheckReport, status: ReportedFinding["status"]): string[] {
  return probes.flatMap(({ title, findings }) =>
    findings.filter((each) => each.status === status).map(({ name }) => `${title}: ${name}`),
  );
}

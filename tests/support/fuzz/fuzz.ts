import { inspect } from "node:util";
import fc from "fast-check";
import { program } from "./arbitraries.ts";
import type { Finding } from "./ledger.ts";
import type { Program } from "./program.ts";
import { runProgram } from "./run.ts";

export interface FuzzOptions {
  readonly rounds: number;
  readonly seed: number;
  /** Of a round that failed: runs that one alone. */
  readonly path?: string | undefined;
  /** Findings of these kinds do not count. */
  readonly known?: ReadonlySet<string>;
  /** Whether the first that fails is made as small as it can be, which takes hundreds of runs. @default true */
  readonly shrink?: boolean;
}

export interface FuzzFailure {
  readonly path: string;
  /** The smallest program that was found to fail. */
  readonly program: Program;
  readonly findings: readonly Finding[];
}

/** Runs random programs, as the seed says; @returns the first that failed, as small as it could be made */
export async function fuzz({
  rounds,
  seed,
  path,
  known,
  shrink = true,
}: FuzzOptions): Promise<FuzzFailure | undefined> {
  const unknown = async (each: Program): Promise<readonly Finding[]> =>
    (await runProgram(each)).filter(({ kind }) => known?.has(kind) !== true);
  const property = fc.asyncProperty(program, async (each) => (await unknown(each)).length === 0);
  const run = await fc.check(property, {
    numRuns: rounds,
    seed,
    ...(path === undefined ? {} : { path }),
    endOnFailure: path !== undefined || !shrink,
  });
  const [smallest] = run.counterexample ?? [];
  if (smallest === undefined) {
    return undefined;
  }
  return { path: run.counterexamplePath ?? "", program: smallest, findings: await unknown(smallest) };
}

export function describeFailure({ path, program, findings }: FuzzFailure, seed: number): string {
  const lines = findings.map(({ kind, detail }) => `- ${kind}${detail === "" ? "" : `: ${detail}`}`);
  const again = `npm run fuzz -- --seed ${seed} --path ${path}`;
  const shown = inspect(program, { depth: 6, breakLength: 110, maxArrayLength: 100 });
  return ["What must not be:", ...lines, `Again: ${again}`, shown].join("\n");
}

import type { Finding, Status } from "../finding.ts";
import type { ProbeResult } from "../run.ts";

/** How many findings there are of each kind. */
export function countStatuses(results: readonly ProbeResult[]): Record<Status, number> {
  const counts: Record<Status, number> = { ok: 0, note: 0, problem: 0, skipped: 0 };
  for (const { status } of results.flatMap(({ findings }): readonly Finding[] => findings)) {
    counts[status] += 1;
  }
  return counts;
}

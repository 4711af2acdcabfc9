import type { ProbeResult } from "../run.ts";
import { countStatuses } from "./summary.ts";

export interface ReportFacts {
  readonly version: string;
  readonly url: string;
  readonly startedAt: Date;
  readonly milliseconds: number;
  /** The uuids of the services that registered. */
  readonly left: readonly string[];
  readonly results: readonly ProbeResult[];
}

/** For a bug report: everything that was found, with what went over the wire. */
export function toJson({ version, url, startedAt, milliseconds, left, results }: ReportFacts): string {
  const report = {
    tool: "msb-client-websocket check",
    version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    url,
    startedAt: startedAt.toISOString(),
    milliseconds,
    counts: countStatuses(results),
    left,
    probes: results,
  };
  return JSON.stringify(report, null, 2);
}

import type { Check, Group, RuntimeCase } from "./case.ts";
import { GROUPS } from "./case.ts";

/** What came of one case. */
export interface Outcome {
  readonly runtime: RuntimeCase;
  readonly version: string;
  readonly checks: readonly Check[];
  readonly milliseconds: number;
}

const HEADS: Record<Group, string> = {
  server: "runs on",
  browser: "browser",
  "test runner": "test runner",
  bundler: "bundled by",
};

const PLURALS: Record<Group, string> = {
  server: "Servers",
  browser: "Browsers",
  "test runner": "Test runners",
  bundler: "Bundlers, frameworks",
};

/** What the README shows: a row for each group. */
export function summary(outcomes: readonly Outcome[]): string {
  const rows = GROUPS.map((group) => {
    const names = outcomes
      .filter(({ runtime }) => runtime.group === group)
      .map(({ runtime, version }) => `${runtime.name} (${version})`);
    return [PLURALS[group], names.join(" · ")];
  });
  return asMarkdown([["runs in", "tried with"], ...rows]);
}

/** A Markdown table for each group, with a column for each check. */
export function tables(outcomes: readonly Outcome[]): string {
  return GROUPS.map((group) => outcomes.filter(({ runtime }) => runtime.group === group))
    .filter((ofGroup) => ofGroup.length > 0)
    .map(table)
    .join("\n\n");
}

function table(outcomes: readonly Outcome[]): string {
  const columns = [...new Set(outcomes.flatMap(({ checks }) => checks.map(({ name }) => name)))];
  const head = [HEADS[outcomes[0]?.runtime.group ?? "server"], "version", ...columns];
  const rows = outcomes.map(({ runtime, version, checks }) => [
    runtime.name,
    version,
    ...columns.map((name) => cell(checks.filter((check) => check.name === name))),
  ]);
  const grid = [head, ...rows];
  // On its side if that is narrower: pages and phones have more room below than beside.
  return asMarkdown(
    head.length > grid.length ? head.map((_name, index) => grid.map((row) => row[index] ?? "")) : grid,
  );
}

function asMarkdown([head = [], ...rows]: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function cell(checks: readonly Check[]): string {
  if (checks.length === 0) {
    return "–";
  }
  if (checks.some(({ passed }) => !passed)) {
    return "✗";
  }
  const limits = checks.flatMap(({ limit }) => limit ?? []);
  return limits.length === 0 ? "✓" : limits.join("; ");
}

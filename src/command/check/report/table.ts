import type { Finding, Status } from "../finding.ts";
import type { ProbeResult } from "../run.ts";
import type { ReportFacts } from "./json.ts";
import { countStatuses } from "./summary.ts";

const SIGNS: Readonly<Record<Status, string>> = { ok: "✓", note: "!", problem: "✗", skipped: "–" };
/** Of a terminal: green, yellow, red, dim. */
const COLOURS: Readonly<Record<Status, number>> = { ok: 32, note: 33, problem: 31, skipped: 2 };

const NAME_WIDTH = 24;
const INDENT = "  ";
const LEAST_WIDTH = 40;

export interface TableOptions {
  /** Characters of a line. */
  readonly width: number;
  readonly colours: boolean;
}

/** What one probe has found, for people: a paragraph, or a line if it was left out. */
export function describeResult({ title, findings, isLeftOut }: ProbeResult, options: TableOptions): string {
  if (isLeftOut) {
    return findings.map(({ found }) => `${SIGNS.skipped} ${title}: ${found}`).join("\n");
  }
  const bold = options.colours ? `\u001b[1m${title}\u001b[0m` : title;
  return ["", bold, ...findings.flatMap((finding) => describeFinding(finding, options))].join("\n");
}

/** The last lines: how many findings there are, and what is left behind. */
export function describeEnd({ results, left, milliseconds }: ReportFacts, options: TableOptions): string {
  const { ok, note, problem, skipped } = countStatuses(results);
  const counts = `${ok} ok, ${note} to note, ${count(problem, "problem")}, ${skipped} left out`;
  const lines = ["", `${counts}, in ${(milliseconds / 1_000).toFixed(1)} s`];
  if (left.length > 0) {
    const services = `${count(left.length, "service")} named "msb-client-websocket check" registered, and disconnected again.`;
    const where = "An MSB may keep them; its management deletes them (DELETE /smartobject/UUID):";
    lines.push(...wrap(`${services} ${where}`, options.width), ...left.map((uuid) => `${INDENT}${uuid}`));
  }
  return lines.join("\n");
}

function describeFinding({ status, name, found, remedy }: Finding, options: TableOptions): string[] {
  const { width, colours } = options;
  const sign = colours ? `\u001b[${COLOURS[status]}m${SIGNS[status]}\u001b[0m` : SIGNS[status];
  const start = `${INDENT}${sign} ${name.padEnd(NAME_WIDTH)} `;
  const margin = " ".repeat(INDENT.length + NAME_WIDTH + 3);
  const room = Math.max(LEAST_WIDTH, width - margin.length);
  const [first = "", ...others] = wrap(found, room);
  const help = remedy === undefined ? [] : wrap(`→ ${remedy}`, room);
  return [`${start}${first}`, ...[...others, ...help].map((line) => `${margin}${line}`)];
}

/** Lines of at most so many characters, as far as the words allow it. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) {
      lines.push(word);
    } else {
      lines[lines.length - 1] = `${last} ${word}`;
    }
  }
  return lines;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

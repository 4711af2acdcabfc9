// A trace as a file: the format of `msb-broker --record`, so that `--replay` plays it, with what the trace knows besides.
import { request } from "../data/api.ts";
import type { TraceEntry } from "../data/types.ts";

/** What the trace knows of a message besides what was said. */
export type TraceFacts = Pick<TraceEntry, "seq"> &
  Partial<Pick<TraceEntry, "direction" | "level" | "note" | "answers" | "cause" | "size" | "isCut">> & {
    readonly took?: number | undefined;
  };

export interface FileLine {
  readonly at: number;
  readonly direction: "in" | "out" | "open" | "close" | "note";
  readonly connection: string;
  readonly text?: string | undefined;
  readonly trace?: TraceFacts | undefined;
}

/** Long messages that are asked for whole, one by one. */
const MAX_ASKED = 500;

/** The JSON lines of these entries. */
export async function writeFile(entries: readonly TraceEntry[]): Promise<string> {
  const lines: (FileLine & { readonly trace: TraceFacts })[] = [];
  let asked = 0;
  for (const entry of entries) {
    let whole: TraceEntry | undefined;
    if (entry.isCut && asked < MAX_ASKED) {
      asked += 1;
      whole = await request<TraceEntry>("GET", `/broker/messages/${entry.seq}`).catch(() => undefined);
    }
    // A broker that was started again has another message with this number.
    lines.push(...linesOf(whole?.at === entry.at && whole.isCut !== true ? whole : entry));
  }
  const sorted = lines.toSorted((a, b) => a.at - b.at || a.trace.seq - b.trace.seq);
  return sorted.map((line) => `${JSON.stringify(line)}\n`).join("");
}

function linesOf(entry: TraceEntry): (FileLine & { readonly trace: TraceFacts })[] {
  const { seq, at, direction, kind, name, connectionId = "broker", text, size, isCut } = entry;
  const { level, note, answers, cause, answer } = entry;
  const facts: TraceFacts = { seq, level, note, answers, cause, ...(isCut ? { size, isCut } : {}) };
  const connection = connectionId;
  if (kind === "note" && (name === "open" || name === "close")) {
    return [{ at, direction: name, connection, text, trace: facts }];
  }
  if (direction === "note" || connectionId === "broker") {
    // No client has said it, so none shall say it again.
    return [{ at, direction: "note", connection, text, trace: { ...facts, direction } }];
  }
  const said = { at, direction, connection, text, trace: facts };
  if (answer?.reply === undefined) {
    return [said];
  }
  const { reply, seq: answerSeq = seq, took = 0 } = answer;
  const answered = { seq: answerSeq, answers: seq, took };
  const atOfAnswer = at + Math.round(took);
  return [said, { at: atOfAnswer, direction: "out", connection, text: reply, trace: answered }];
}

import { isRecord } from "../../support/is-record.ts";
import type { TraceAnswer, TraceEntry, TraceKind } from "../data/types.ts";
import { membersOf, splitMessage, treeOf } from "./json-text.ts";
import type { FileLine, TraceFacts } from "./trace-file.ts";

/** A reply that the recorded trace itself, or the order of messages, ties to the message before it. */
const REPLY = /^N?IO(?:_[A-Z_]+)?$/;
const REPLIES = {
  R: /^(?:IO_REGISTERED|NIO(?:_ALREADY_CONNECTED|_UNAUTHORIZED_CONNECTION|_(?:UNEXPECTED_)?REGISTRATION_ERROR)?)$/,
  E: /^(?:IO_PUBLISHED|NIO(?:_UNAUTHORIZED_CONNECTION|_(?:UNEXPECTED_)?EVENT_FORWARDING_ERROR)?)$/,
} as const;
const DIRECTIONS = ["in", "out", "open", "close", "note"];

/**
 * The entries of a file that the console has written, or `msb-broker --record`.
 * @throws {Error} saying which line is none.
 */
export function readFile(content: string): TraceEntry[] {
  const lines = content
    .replace(/^\uFEFF/, "")
    .split("\n")
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== "")
    .map(({ line, number }) => readLine(line, number));
  if (lines.length === 0) {
    throw new Error("There is no message in the file.");
  }
  return foldAnswers(lines.map(toEntry), lines);
}

function readLine(line: string, number: number): FileLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new Error(`Line ${number} is not JSON: this is not a recording.`);
  }
  const problem = problemOf(value);
  if (problem !== undefined) {
    throw new Error(`Line ${number} is not a line of a recording: ${problem}.`);
  }
  return value as FileLine;
}

function problemOf(value: unknown): string | undefined {
  if (!isRecord(value)) {
    return "it is not an object";
  }
  const { at, direction, connection, text = "", trace = { seq: 0 } } = value;
  if (typeof at !== "number") {
    return "`at` must be milliseconds since 1970";
  }
  if (typeof direction !== "string" || !DIRECTIONS.includes(direction)) {
    return `\`direction\` must be one of ${DIRECTIONS.join(", ")}`;
  }
  if (typeof connection !== "string" || typeof text !== "string") {
    return "`connection` and `text` must be strings";
  }
  if (!isRecord(trace) || typeof trace["seq"] !== "number") {
    return "`trace` must have a `seq`";
  }
  const { note = "" } = trace;
  return typeof note === "string" ? undefined : "`note` of `trace` must be a string";
}

function toEntry({ at, direction, connection, text = "", trace }: FileLine, index: number): TraceEntry {
  const { seq = index + 1, level = "info", note, answers, cause, size = text.length, isCut } = trace ?? {};
  const isNote = direction === "open" || direction === "close" || trace?.direction === "note";
  const way = isNote || direction === "note" ? (trace?.direction ?? "note") : direction;
  const kind = way === "note" ? "note" : kindOf(text, way);
  // Of a message that the trace has not whole, what stands at its beginning.
  const { json } = splitMessage(text);
  const members = membersOf(treeOf(json, isCut));
  const stringOf = (name: string) => {
    const value: unknown = members.get(name)?.value;
    return typeof value === "string" ? value : undefined;
  };
  return {
    seq,
    at,
    direction: way,
    kind,
    connectionId: connection,
    uuid: stringOf("uuid"),
    name: stringOf("eventId") ?? stringOf("functionId"),
    correlationId: stringOf("correlationId"),
    text: text === "" ? ({ open: "Connected", close: "Connection ended" }[String(direction)] ?? "") : text,
    size,
    isCut,
    level,
    note,
    answer: undefined,
    answers,
    cause,
  };
}

/** Puts each answer to its message: as the trace says, or where the order leaves no doubt. */
function foldAnswers(entries: readonly TraceEntry[], lines: readonly FileLine[]): TraceEntry[] {
  const answers = new Map<TraceEntry, TraceAnswer>();
  const folded = new Set<TraceEntry>();
  const bySeq = new Map(
    entries.map((entry, index) => (lines[index]?.trace ? [entry.seq, entry] : [-1, entry])),
  );
  /** Of each connection that the file has from its beginning: the messages that are not answered yet. */
  const waiting = new Map<string, TraceEntry[]>();
  const fold = (message: TraceEntry, reply: TraceEntry, took: number) => {
    answers.set(message, { reply: reply.text, seq: reply.seq, took });
    folded.add(reply);
  };
  for (const [index, entry] of entries.entries()) {
    const { direction, trace } = lines[index] ?? {};
    const { connectionId = "", kind } = entry;
    const message = entry.answers === undefined ? undefined : bySeq.get(entry.answers);
    if (message !== undefined) {
      fold(message, entry, tookOf(trace) ?? entry.at - message.at);
      continue;
    }
    if (trace !== undefined) {
      continue;
    }
    if (direction === "open") {
      waiting.set(connectionId, []);
    } else if (kind === "R" || kind === "E") {
      waiting.get(connectionId)?.push(entry);
    } else if (kind === "reply") {
      const [only, ...others] = waiting.get(connectionId) ?? [];
      // With several, one of them may have got no answer at all: then nobody knows whose this is.
      if (only !== undefined && others.length === 0 && REPLIES[only.kind as "R" | "E"].test(entry.text)) {
        fold(only, entry, entry.at - only.at);
        waiting.set(connectionId, []);
      }
    }
  }
  return entries
    .filter((entry) => !folded.has(entry))
    .map((entry) => {
      const answer = answers.get(entry);
      return answer === undefined ? entry : { ...entry, answer };
    });
}

function tookOf(trace: TraceFacts | undefined): number | undefined {
  return typeof trace?.took === "number" ? trace.took : undefined;
}

function kindOf(text: string, direction: "in" | "out"): TraceKind {
  const letter = /^[RECK](?=[\s{["]|$)/.exec(text)?.[0];
  if (letter !== undefined && (direction === "in") === (letter === "R" || letter === "E")) {
    return letter as TraceKind;
  }
  const word = text.trim();
  if (word === "ping" || word === "pong") {
    return word;
  }
  return REPLY.test(word) ? "reply" : "other";
}

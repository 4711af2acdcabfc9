import type { TraceRow } from "../data/trace-rows.ts";
import type { TraceEntry, TraceKind } from "../data/types.ts";
import { durationOf } from "./duration.ts";

/** What a kind is, for who sees the letters for the first time. */
export const KIND_NAMES: Readonly<Record<TraceKind, string>> = {
  R: "registration",
  E: "event",
  C: "call of a function",
  K: "configuration",
  reply: "answer of the broker",
  ping: "sign of life",
  pong: "sign of life",
  other: "unknown message",
  note: "what happened",
};

export const DIRECTIONS = { in: "to the broker", out: "to the client", note: "note" } as const;

/** Such as `09:05:07.042`. */
export function timeOf(at: number): string {
  const date = new Date(at);
  const pad = (value: number, length: number) => String(value).padStart(length, "0");
  const [hours, minutes, seconds] = [date.getHours(), date.getMinutes(), date.getSeconds()].map((each) =>
    pad(each, 2),
  );
  return `${hours}:${minutes}:${seconds}.${pad(date.getMilliseconds(), 3)}`;
}

/** Whether the broker has refused a message. */
export function isRefused({ kind, text, answer }: TraceEntry): boolean {
  return (answer?.reply ?? (kind === "reply" ? text : "")).startsWith("NIO");
}

/** The sign that stands for an answer, and its words. */
export interface AnswerSign {
  readonly sign: string;
  readonly took: string;
  readonly words: string;
}

/** What a message was answered: an R or E by the broker, a call by a response event. */
export function answerOf({ entry, responded }: TraceRow): AnswerSign | undefined {
  const { kind, answer, note } = entry;
  if (kind === "C") {
    // The trace counts whole milliseconds here.
    const took = responded === undefined ? "" : responded === 0 ? "<1ms" : durationOf(responded);
    return took === "" ? undefined : { sign: "✓", took, words: `a response event after ${took}` };
  }
  if (answer === undefined) {
    return isRefused(entry) ? { sign: "✗", took: "", words: "refused" } : undefined;
  }
  const { reply, took } = answer;
  if (reply === undefined) {
    return note?.includes("not answered") === true
      ? { sign: "–", took: "none", words: "not answered" }
      : { sign: "…", took: "", words: "not answered yet" };
  }
  const time = took === undefined ? "" : durationOf(took);
  return {
    sign: isRefused(entry) ? "✗" : "✓",
    took: time,
    words: time === "" ? reply : `${reply} after ${time}`,
  };
}

import type { LogLevel } from "./log.ts";
import type { TraceAnswer } from "./trace-answer.ts";

/** What a message is; `note` is not a message, but something that happened. */
export type TraceKind = "R" | "E" | "C" | "K" | "reply" | "ping" | "pong" | "other" | "note";

/** One line of the trace: a message, or a note on what happened (a connection, a fault, a warning). */
export interface TraceEntry {
  /** From 1, without gaps. */
  readonly seq: number;
  /** In milliseconds since 1970. */
  readonly at: number;
  /** `in` is from a client to the broker. */
  readonly direction: "in" | "out" | "note";
  readonly kind: TraceKind;
  readonly connectionId: string | undefined;
  /** The service it is about. */
  readonly uuid: string | undefined;
  /** The event of an E, the function of a C, `open` or `close` of a note on a connection. */
  readonly name: string | undefined;
  readonly correlationId: string | undefined;
  /** The message without framing, of long ones the first 4,000 characters; what a note says. */
  readonly text: string;
  /** The characters of the whole message, as it came. */
  readonly size: number;
  /** Only if `text` is not all of it. */
  readonly isCut: true | undefined;
  /** `warn` and `error` for what a user should look at, such as a refused message. */
  level: LogLevel;
  /** Why it was refused, or what a fault did to it. */
  note: string | undefined;
  /** Of an R or E of a client: what it was answered; without members as long as it was not. */
  readonly answer: TraceAnswer | undefined;
  /** Of an answer: the `seq` of the message that it answers. */
  readonly answers: number | undefined;
  /** Of a call that a flow made: the `seq` of its event. */
  readonly cause: number | undefined;
}

/** What the broker knows about a message that it traces. */
export interface MessageInfo {
  readonly kind: TraceKind;
  readonly uuid?: string | undefined;
  readonly name?: string | undefined;
  readonly correlationId?: string | undefined;
  readonly answer?: TraceAnswer | undefined;
  readonly answers?: number | undefined;
  readonly cause?: number | undefined;
}

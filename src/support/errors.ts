import { clip } from "./clip.ts";

/** One thing that is wrong: where, and what would be right. */
export interface MsbIssue {
  /** Where it is wrong, such as `uuid`, `responseEvents[1]` or `dataObject.limits[0].max`. Empty for the whole. */
  readonly path: string;
  readonly message: string;
}

/** The codes of {@link MsbError}: what went wrong, stable over versions. What to do: docs/reference/error-codes.md. */
export type MsbErrorCode =
  /** An identity, option, event, function, parameter or data format is defined wrongly. */
  | "INVALID_DEFINITION"
  /** The URL of the MSB is not one that can be connected to. */
  | "INVALID_URL"
  /** A value does not fit its data format. */
  | "INVALID_VALUE"
  /** An id that was never added, or was removed. */
  | "UNKNOWN_EVENT"
  | "UNKNOWN_FUNCTION"
  | "UNKNOWN_PARAMETER"
  /** A call that needs a connection, made without one. */
  | "NOT_CONNECTED"
  /** A call that needs a registration, made before one. */
  | "NOT_REGISTERED"
  /** The socket could not be opened, or did not answer as an MSB does. */
  | "CONNECT_FAILED"
  /** The connection ended; the cause says how. */
  | "CONNECTION_LOST"
  /** `disconnect()` was called. */
  | "DISCONNECTED"
  /** No answer within the time set. */
  | "TIMEOUT"
  /** The event cache was full, and this event the oldest in it. */
  | "EVENT_DROPPED"
  /** More is published than the MSB takes, and nothing more may wait. */
  | "BUSY"
  /** The message is larger than the MSB takes. */
  | "TOO_LARGE"
  /** The MSB ended the connection each time instead of answering this event; or `maxAttempts` was reached. */
  | "UNDELIVERABLE"
  /** The store of the event cache cannot be opened, read or written. */
  | "STORE_FAILED"
  /** The caller's `AbortSignal` fired. */
  | "ABORTED"
  /** The MSB answered with an `NIO_…` message; see {@link MsbRefusedError.reply} and docs/reference/error-codes.md. */
  | "REFUSED"
  /** A message came that cannot be read or does not belong to anything known. */
  | "BAD_MESSAGE"
  /** A function's handler, or a listener, threw. */
  | "HANDLER_FAILED"
  /** A middleware threw, did not call `next()`, or called it twice. */
  | "MIDDLEWARE_FAILED"
  /** A socket, a store or another part that was given to the client threw something; the cause says what. */
  | "UNEXPECTED";

/** What an error may say besides its message. */
export interface MsbErrorOptions {
  cause?: unknown;
  /** What to do about it. Becomes part of the message. */
  remedy?: string;
}

/**
 * Every error of this library is one of these.
 * @example
 * client.on("error", ({ code, remedy }) => console.error(code, remedy ?? ""));
 */
export class MsbError extends Error {
  override readonly name: string = "MsbError";
  readonly code: MsbErrorCode;
  /** What to do about it, if that is known. */
  readonly remedy: string | undefined;

  constructor(code: MsbErrorCode, message: string, options: MsbErrorOptions = {}) {
    super(
      options.remedy === undefined ? message : `${message} ${options.remedy}`,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.code = code;
    this.remedy = options.remedy;
  }
}

/**
 * Something is defined wrongly: thrown at once by the call that defines it, with everything that is wrong.
 * @example
 * try {
 *   client.addEvent({ eventId: "", dataFormat: '{"type":"int33"}' });
 * } catch (error) {
 *   console.error(error instanceof MsbDefinitionError ? error.issues : error);
 * }
 */
export class MsbDefinitionError extends MsbError {
  override readonly name = "MsbDefinitionError";
  readonly issues: readonly MsbIssue[];

  constructor(subject: string, issues: readonly MsbIssue[], options: MsbErrorOptions = {}) {
    super("INVALID_DEFINITION", `${subject}: ${formatIssues(issues)}`, options);
    this.issues = issues;
  }
}

/**
 * A value does not fit its data format. Nothing was sent, or handed to a handler.
 * @example
 * await client.publish("TEMPERATURE", "warm").catch((error: unknown) => {
 *   console.error(error instanceof MsbValueError ? error.issues : error); // [{ path, message }]
 * });
 */
export class MsbValueError extends MsbError {
  override readonly name = "MsbValueError";
  readonly issues: readonly MsbIssue[];

  constructor(subject: string, issues: readonly MsbIssue[], options: MsbErrorOptions = {}) {
    super("INVALID_VALUE", `${subject}: ${formatIssues(issues)}`, options);
    this.issues = issues;
  }
}

/**
 * The connection could not be made, was lost or was closed.
 * @example
 * await client.connect("http://127.0.0.1:8085").catch((error: unknown) => {
 *   console.error(error instanceof MsbConnectionError ? `Is the MSB running? ${error.message}` : error);
 * });
 */
export class MsbConnectionError extends MsbError {
  override readonly name = "MsbConnectionError";
}

/**
 * The MSB refused: `reply` is its `NIO_…` message.
 * @example
 * const hasTwin = (error: MsbError) =>
 *   error instanceof MsbRefusedError && error.reply === "NIO_ALREADY_CONNECTED";
 */
export class MsbRefusedError extends MsbError {
  override readonly name = "MsbRefusedError";
  readonly reply: string;

  constructor(reply: string, message: string, options: MsbErrorOptions = {}) {
    super("REFUSED", message, options);
    this.reply = reply;
  }
}

/** Issues that a message names; a server can send values that are wrong in any number of places. */
const MAX_NAMED = 20;

/** `a: wrong; b: wrong`: the issues on one line, the first of them if there are many. */
export function formatIssues(issues: readonly MsbIssue[]): string {
  const named = issues
    .slice(0, MAX_NAMED)
    .map(({ path, message }) => (path === "" ? message : `${clip(path)}: ${message}`));
  const more = issues.length - named.length;
  return [...named, ...(more > 0 ? [`and ${more.toLocaleString("en-US")} more`] : [])].join("; ");
}

/** Whatever was thrown, as an error of this library. */
export function asMsbError(error: unknown): MsbError {
  if (error instanceof MsbError) {
    return error;
  }
  const message = `Something failed unexpectedly: ${reasonOf(error)}.`;
  return new MsbError("UNEXPECTED", message, { cause: error });
}

/** The message of anything that was thrown. Never throws: a program may throw an error without one, or what has no text at all. */
export function describeError(error: unknown): string {
  try {
    return error instanceof Error && typeof error.message === "string" ? error.message : String(error);
  } catch {
    return "what was thrown has no text";
  }
}

/** The same as a part of a sentence of ours, which ends with a full stop of its own. */
export function reasonOf(error: unknown): string {
  return describeError(error).replace(/\.$/, "");
}

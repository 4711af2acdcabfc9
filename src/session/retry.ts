import { type MsbError, MsbRefusedError } from "../errors.ts";

/** Refusals that another attempt will not change. */
const FATAL_REPLIES: ReadonlySet<string> = new Set(["NIO_UNAUTHORIZED_CONNECTION", "NIO_REGISTRATION_ERROR"]);

/** Whether trying again is of no use: the one place that decides it. */
export function isFatal(error: MsbError): boolean {
  return error instanceof MsbRefusedError && FATAL_REPLIES.has(error.reply);
}

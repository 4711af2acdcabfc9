import type { SocketClose } from "../../socket/index.ts";
import { clip } from "../../support/clip.ts";
import { MsbConnectionError, type MsbError, reasonOf } from "../../support/errors.ts";

/** How a connection ended. */
export interface ConnectionEnd {
  /** Why: `DISCONNECTED` after `close()`. */
  readonly error: MsbError;
  /** The close frame of the server; `undefined` if the connection broke, or we ended it. */
  readonly serverClose: ServerClose | undefined;
}

export interface ServerClose {
  readonly code: number;
  readonly reason: string;
}

/** What the end of a socket says about the server; `undefined` if nothing. */
export function serverCloseOf({ code, reason, error }: SocketClose): ServerClose | undefined {
  // A close code beside an error is our own, about what came.
  return code !== 1006 && error === undefined ? { code, reason } : undefined;
}

export function disconnected(): MsbError {
  return new MsbConnectionError("DISCONNECTED", "The client was disconnected.");
}

export function connectionLost({ code, reason, error: cause }: SocketClose): MsbError {
  const detail =
    cause?.message ?? (reason === "" ? `close code ${code}` : `close code ${code}: ${clip(reason)}`);
  return new MsbConnectionError("CONNECTION_LOST", `The connection to the MSB was lost (${detail}).`, {
    cause,
  });
}

/** @param silence in milliseconds */
export function connectionDead(silence: number): MsbError {
  const message = `The connection to the MSB is dead: nothing came for ${Math.round(silence)} ms.`;
  return new MsbConnectionError("CONNECTION_LOST", message);
}

export function socketFailed(cause: unknown): MsbError {
  return new MsbConnectionError("CONNECTION_LOST", `The socket failed: ${reasonOf(cause)}.`, { cause });
}

/** IO_CONNECTED did not come in time. */
export function notAnswered(url: string, milliseconds: number): MsbError {
  const message = `The MSB did not answer within ${milliseconds} ms.`;
  return new MsbConnectionError("TIMEOUT", message, { remedy: `Is ${url} an MSB?` });
}

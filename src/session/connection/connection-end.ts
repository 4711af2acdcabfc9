import type { SocketClose } from "../../socket/index.ts";
import { clip } from "../../support/clip.ts";
import { MsbConnectionError, type MsbError } from "../../support/errors.ts";

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

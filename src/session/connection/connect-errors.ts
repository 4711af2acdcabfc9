import { connectRemedy } from "../../platform/index.ts";
import type { SocketClose } from "../../socket/index.ts";
import { clip } from "../../support/clip.ts";
import { describeError, MsbConnectionError, MsbError } from "../../support/errors.ts";

/** Why no connection came about, what was found out about it, and what helps. */
export function connectError(url: string, close: SocketClose): MsbConnectionError {
  const { error } = close;
  const message = `Cannot connect to ${url} (${detailOf(close)}).`;
  // An error of ours says itself what helps.
  if (error instanceof MsbError) {
    return new MsbConnectionError("CONNECT_FAILED", message, { cause: error });
  }
  const failure = `${failureOf(close)} ${url.split(":", 1)[0]}`;
  return new MsbConnectionError("CONNECT_FAILED", message, {
    cause: error,
    remedy: connectRemedy(failure, close),
  });
}

/** `HTTP` and the status, `SSL` and OpenSSL's reason, the code of the error or, without one, its message, `close` and its code. */
function failureOf({ response, error, code }: SocketClose): string {
  if (response !== undefined) {
    return `HTTP ${response.status}`;
  }
  if (error === undefined) {
    return `close ${code}`;
  }
  const reason = openSslReason(error);
  return reason === undefined ? (codeOf(error) ?? describeError(error)) : `SSL ${reason}`;
}

function detailOf({ error, code, reason }: SocketClose): string {
  if (error === undefined) {
    return reason === "" ? `close code ${code}` : `close code ${code}: ${clip(reason)}`;
  }
  const openSsl = openSslReason(error);
  if (openSsl !== undefined) {
    return `${codeOf(error)}: ${openSsl}`;
  }
  return clip(describeError(error) || severalErrors(error) || codeOf(error) || error.name);
}

/**
 * Out of `…:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:…`, whose rest helps nobody. Bun writes it as
 * `WRONG_VERSION_NUMBER`, and Deno has it in the code alone: `ERR_SSL_WRONG_VERSION_NUMBER`.
 */
function openSslReason(error: Error): string | undefined {
  const reason =
    /:SSL routines:[^:]*:([^:]+)/.exec(describeError(error))?.[1] ??
    /^ERR_SSL_(.+)/.exec(codeOf(error) ?? "")?.[1];
  return reason?.trim().toLowerCase().replaceAll("_", " ");
}

/** Node tries each address of a host name, and its error for all of them has no message. */
function severalErrors(error: Error): string {
  const { errors } = error as { errors?: unknown };
  return Array.isArray(errors) ? errors.map((each) => (each as Error).message).join(", ") : "";
}

function codeOf(error: Error): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? code : undefined;
}

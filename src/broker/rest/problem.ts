import { HTTPException } from "hono/http-exception";
import {
  describeError,
  MsbDefinitionError,
  MsbError,
  type MsbErrorCode,
  MsbValueError,
} from "../../support/errors.ts";

/** The JSON of every answer that is not a success. */
interface Problem {
  readonly error: string;
  /** For wrong input: where, and what would be right. */
  readonly issues?: readonly { readonly path: string; readonly message: string }[];
}

const STATUS: Partial<Record<MsbErrorCode, number>> = {
  INVALID_DEFINITION: 400,
  INVALID_VALUE: 400,
  NOT_REGISTERED: 404,
  UNKNOWN_EVENT: 404,
  UNKNOWN_FUNCTION: 404,
  BUSY: 503,
  TIMEOUT: 504,
};

/** The answer to what a handler threw. */
export function problemOf(error: unknown): Response {
  if (error instanceof HTTPException) {
    return problem(error.status, error.message);
  }
  if (error instanceof MsbDefinitionError || error instanceof MsbValueError) {
    return Response.json({ error: error.message, issues: error.issues } satisfies Problem, { status: 400 });
  }
  if (error instanceof MsbError) {
    return problem(STATUS[error.code] ?? 500, error.message);
  }
  return problem(500, `The broker failed: ${describeError(error)}`);
}

export function problem(status: number, error: string, headers: Record<string, string> = {}): Response {
  return Response.json({ error } satisfies Problem, { status, headers });
}

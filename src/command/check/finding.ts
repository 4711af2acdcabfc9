import { MsbError } from "../../support/errors.ts";
import type { FrameRecord } from "./connection/transcript.ts";

/**
 * - `ok`: as this library and its documents expect it
 * - `note`: otherwise, and good to know
 * - `problem`: something that services will fail with
 * - `skipped`: not tried; what was found says why
 */
export type Status = "ok" | "note" | "problem" | "skipped";

/** One thing that was tried. */
export interface Finding {
  /** A few words; the same in every run. */
  readonly name: string;
  readonly status: Status;
  /** What was found. */
  readonly found: string;
  /** What to do about it. */
  readonly remedy?: string | undefined;
  /** What went over the wire for it, if that is of interest. */
  readonly frames?: readonly FrameRecord[] | undefined;
}

export type Details = Pick<Finding, "remedy" | "frames">;

export function ok(name: string, found: string, details: Details = {}): Finding {
  return { name, status: "ok", found, ...details };
}

export function note(name: string, found: string, details: Details = {}): Finding {
  return { name, status: "note", found, ...details };
}

export function problem(name: string, found: string, details: Details = {}): Finding {
  return { name, status: "problem", found, ...details };
}

export function skipped(name: string, reason: string): Finding {
  return { name, status: "skipped", found: reason };
}

/** What was thrown, and what helps. */
export function failed(name: string, error: unknown, details: Details = {}): Finding {
  const { text, remedy } = explain(error);
  return problem(name, text, { remedy, ...details });
}

/** The message of an error without its remedy, and the remedy. */
export function explain(error: unknown): { readonly text: string; readonly remedy: string | undefined } {
  if (!(error instanceof Error)) {
    return { text: String(error), remedy: undefined };
  }
  const remedy = error instanceof MsbError ? error.remedy : undefined;
  const text = remedy === undefined ? error.message : error.message.replace(` ${remedy}`, "");
  return { text, remedy };
}

/** How an event of the soak is published; its number says which: a mixture in which none waits for another. */
export type LoadKind = "cached" | "stored" | "uncached";

export function kindOf(number: number): LoadKind {
  const place = number % 10;
  if (place < 5) {
    return "cached";
  }
  return place < 7 ? "stored" : "uncached";
}

/** What the client's process tells. */
export interface Report {
  readonly state: string;
  /** Events numbered from 0 up to this were published. */
  readonly published: number;
  /** What publishers were told since the last report: "accepted", or the code of the error. */
  readonly told: readonly (readonly [number: number, told: string])[];
  /** The values of calls that were answered since the last report. */
  readonly answered: readonly number[];
  /** Bytes, after a collection; where it was asked for. */
  readonly heap?: number;
  /** With the last report. */
  readonly end?: {
    /** Resources of the event loop that are there although the client is disconnected. */
    readonly left: readonly string[];
  };
  /** What the client should not have said. */
  readonly findings: readonly string[];
}

/** What it is told: how much heap it has, or to come to its end. */
export type Request = "measure" | "end";

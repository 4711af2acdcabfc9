import { clip } from "../../support/clip.ts";
import { MAX_FLOW_ERROR } from "../support/limits.ts";

/** What a flow has done since it was made; numbers only grow. */
export interface FlowCounts {
  /** Calls that it made of events, whether they were sent, wait, or were dropped later. */
  calls: number;
  /** Events that could not become a call, and calls that cannot arrive. */
  errors: number;
  lastError: FlowFailure | undefined;
}

interface FlowFailure {
  readonly message: string;
  /** In milliseconds since 1970. */
  readonly at: number;
}

export function createFlowCounts(): FlowCounts {
  return { calls: 0, errors: 0, lastError: undefined };
}

export function countError(counts: FlowCounts | undefined, message: string): void {
  if (counts !== undefined) {
    counts.errors += 1;
    counts.lastError = { message: clip(message, MAX_FLOW_ERROR), at: Date.now() };
  }
}

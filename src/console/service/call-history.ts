import { type Signal, signal } from "@preact/signals";

/** Calls of one function that are kept, and functions that calls are kept of. */
const MAX_CALLS = 10;
const MAX_FUNCTIONS = 200;

/** A call that this page made. */
export interface PastCall {
  /** In the order in which they came back. */
  readonly id: number;
  /** By our clock. */
  readonly at: number;
  /** The JSON of the request, to be sent again as it was. */
  readonly body: string;
  /** The JSON of what the function was called with; empty for no payload. */
  readonly value: string;
  readonly outcome:
    | { readonly kind: "sent" }
    /** `value` is the JSON of the response event's value. */
    | {
        readonly kind: "answered";
        readonly eventId: string;
        readonly value: string | undefined;
        readonly took: number;
      }
    | { readonly kind: "failed"; readonly message: string };
}

/** By service and function, the one that was called last at the end. Kept as long as the page is open. */
const calls = new Map<string, Signal<readonly PastCall[]>>();

/** The last calls of a function, the latest first. */
export function callsOf(uuid: string, functionId: string): Signal<readonly PastCall[]> {
  const key = JSON.stringify([uuid, functionId]);
  const known = calls.get(key) ?? signal<readonly PastCall[]>([]);
  calls.set(key, known);
  return known;
}

export function rememberCall(uuid: string, functionId: string, call: Omit<PastCall, "id">): void {
  const past = callsOf(uuid, functionId);
  const id = (past.peek()[0]?.id ?? 0) + 1;
  past.value = [{ ...call, id }, ...past.peek()].slice(0, MAX_CALLS);
  const key = JSON.stringify([uuid, functionId]);
  calls.delete(key);
  calls.set(key, past);
  for (const [oldest, { value }] of calls) {
    if (calls.size <= MAX_FUNCTIONS) {
      break;
    }
    // One that is shown now, and has no calls, must not lose its place to come.
    if (value.length > 0) {
      calls.delete(oldest);
    }
  }
}

/** What the broker has answered to a message; without members as long as it has not. */
export interface TraceAnswer {
  /** Such as `IO_PUBLISHED`. */
  readonly reply?: string | undefined;
  /** Of its own entry of the trace. */
  readonly seq?: number | undefined;
  /** Milliseconds between the message and its answer. */
  readonly took?: number | undefined;
}

/** It is made with the message, and filled in when the answer is sent: only who answers knows for certain what. */
export class PendingAnswer implements TraceAnswer {
  // Private, so that it is in no JSON.
  readonly #since = performance.now();
  reply: string | undefined;
  seq: number | undefined;
  took: number | undefined;

  /** @param seq of its own entry of the trace. */
  give(reply: string, seq: number): void {
    this.reply = reply;
    this.seq = seq;
    this.took = Math.round((performance.now() - this.#since) * 100) / 100;
  }
}

import type { FaultState } from "../faults/fault-state.ts";
import type { BrokerCounters } from "../observing/counters.ts";
import type { Listeners } from "../observing/listeners.ts";
import type { Trace } from "../observing/trace.ts";
import type { About } from "../observing/trace-entry.ts";
import { BoundedList } from "../support/bounded-list.ts";
import { heapSize, ITEM_OVERHEAD, MAX_DELAYED, MAX_DELAYED_SIZE } from "../support/limits.ts";
import type { Connection } from "../transport/connection.ts";

/** A message with what the trace says about it. */
export interface Message {
  readonly text: string;
  readonly about: About;
}

/** Sends messages to a connection; the one way out of the broker. False where the connection is not open. */
export type Send = (connection: Connection, ...messages: Message[]) => boolean;

interface Delayed {
  readonly connection: Connection;
  readonly messages: readonly Message[];
  readonly due: number;
}

export interface OutgoingParts {
  readonly faults: FaultState;
  readonly trace: Trace;
  readonly listeners: Listeners;
  readonly counters: BrokerCounters;
}

/** Everything that the broker sends passes here: delayed where a fault says so, traced, counted. */
export class Outgoing {
  readonly #parts: OutgoingParts;
  readonly #delayed = new BoundedList<Delayed>(MAX_DELAYED, MAX_DELAYED_SIZE);
  #lastDue = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: OutgoingParts) {
    this.#parts = parts;
  }

  send(connection: Connection, ...messages: Message[]): boolean {
    const { delay } = this.#parts.faults;
    if (delay === 0 && this.#delayed.length === 0) {
      return this.#sendNow(connection, messages);
    }
    if (!connection.open) {
      return false;
    }
    // Never before what was sent earlier, even if the delay is shorter now.
    this.#lastDue = Math.max(this.#lastDue, performance.now() + delay);
    const size = messages.reduce((sum, { text }) => sum + heapSize(text) + ITEM_OVERHEAD, 0);
    const oldest = this.#delayed.first();
    if (this.#delayed.push({ connection, messages, due: this.#lastDue }, size) > 0 && oldest !== undefined) {
      this.#sendNow(oldest.connection, oldest.messages);
    }
    this.#schedule();
    return true;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#delayed.clear();
  }

  #schedule(): void {
    const next = this.#delayed.first();
    if (next !== undefined && this.#timer === undefined) {
      this.#timer = setTimeout(() => this.#flush(), Math.max(0, next.due - performance.now()));
    }
  }

  #flush(): void {
    this.#timer = undefined;
    const now = performance.now();
    for (let next = this.#delayed.first(); next !== undefined && next.due <= now; ) {
      this.#delayed.shift();
      this.#sendNow(next.connection, next.messages);
      next = this.#delayed.first();
    }
    this.#schedule();
  }

  #sendNow(connection: Connection, messages: readonly Message[]): boolean {
    const [only] = messages;
    const sent =
      messages.length === 1 && only !== undefined
        ? connection.send(only.text)
        : connection.send(...messages.map(({ text }) => text));
    if (sent) {
      const { trace, listeners, counters } = this.#parts;
      counters.messagesOut += messages.length;
      const at = Date.now();
      for (const { text, about } of messages) {
        trace.message("out", connection.id, text, about, at);
        if (listeners.has("message")) {
          listeners.emit("message", { direction: "out", connectionId: connection.id, text, at });
        }
      }
    }
    return sent;
  }
}

import type { FaultState } from "../faults/fault-state.ts";
import type { BrokerCounters } from "../observing/counters.ts";
import type { Listeners } from "../observing/listeners.ts";
import type { Trace } from "../observing/trace.ts";
import type { PendingAnswer } from "../observing/trace-answer.ts";
import type { MessageInfo } from "../observing/trace-entry.ts";
import { BoundedList } from "../support/bounded-list.ts";
import { heapSize, ITEM_OVERHEAD, MAX_DELAYED, MAX_DELAYED_SIZE } from "../support/limits.ts";
import type { Connection } from "../transport/connection.ts";

/** A message with what the trace says about it. */
export interface OutgoingMessage {
  readonly text: string;
  readonly info: MessageInfo;
  /** If it is an answer: where it is noted when it is sent. */
  readonly answer?: PendingAnswer | undefined;
}

interface Delayed {
  readonly connection: Connection;
  readonly messages: readonly OutgoingMessage[];
  readonly due: number;
}

export interface SenderDependencies {
  readonly faults: FaultState;
  readonly trace: Trace;
  readonly listeners: Listeners;
  readonly counters: BrokerCounters;
}

/** The one way out of the broker. Everything that is sent is delayed if a fault says so, traced, and counted. */
export class Sender {
  readonly #faults: FaultState;
  readonly #trace: Trace;
  readonly #listeners: Listeners;
  readonly #counters: BrokerCounters;
  readonly #delayed = new BoundedList<Delayed>(MAX_DELAYED, MAX_DELAYED_SIZE);
  #lastDue = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(dependencies: SenderDependencies) {
    this.#faults = dependencies.faults;
    this.#trace = dependencies.trace;
    this.#listeners = dependencies.listeners;
    this.#counters = dependencies.counters;
  }

  /** Several messages at once share one SockJS frame. @returns false if the connection is not open. */
  send(connection: Connection, ...messages: OutgoingMessage[]): boolean {
    const { delay } = this.#faults;
    if (delay === 0 && this.#delayed.length === 0) {
      return this.#sendNow(connection, messages);
    }
    if (!connection.open) {
      return false;
    }
    // Never before what was sent earlier, even if the delay is shorter now.
    this.#lastDue = Math.max(this.#lastDue, performance.now() + delay);
    const size = messages.reduce((sum, { text }) => sum + heapSize(text) + ITEM_OVERHEAD, 0);
    const early: Delayed[] = [];
    this.#delayed.push({ connection, messages, due: this.#lastDue }, size, (oldest) => early.push(oldest));
    for (const oldest of early) {
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
    let next = this.#delayed.first();
    while (next !== undefined && next.due <= now) {
      this.#delayed.shift();
      this.#sendNow(next.connection, next.messages);
      next = this.#delayed.first();
    }
    this.#schedule();
  }

  #sendNow(connection: Connection, messages: readonly OutgoingMessage[]): boolean {
    const isSent = connection.send(...messages.map(({ text }) => text));
    if (!isSent) {
      return false;
    }
    this.#counters.messagesOut += messages.length;
    const at = Date.now();
    for (const { text, info, answer } of messages) {
      const { seq } = this.#trace.message("out", connection.id, text, info, at);
      answer?.give(text, seq);
      if (this.#listeners.has("message")) {
        this.#listeners.emit("message", { direction: "out", connectionId: connection.id, text, at });
      }
    }
    return true;
  }
}

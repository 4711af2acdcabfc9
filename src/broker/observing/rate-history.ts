import type { BrokerCounters } from "./counters.ts";

/** Seconds that are kept. */
const HISTORY_LENGTH = 300;
const INTERVAL = 1_000;

/** What was counted in about a second. */
export interface RateSample {
  /** Its end, in milliseconds since 1970. */
  readonly at: number;
  /** Its length in milliseconds: a broker that was busy looks later. */
  readonly duration: number;
  /** Messages from and to clients. */
  readonly messages: number;
  /** Registrations and events that were refused. */
  readonly refused: number;
  /** Calls that were dropped. */
  readonly dropped: number;
}

type Totals = Pick<RateSample, "messages" | "refused" | "dropped">;

/** The counters of the last minutes, second by second, so that whoever comes later sees how it was. */
export class RateHistory {
  readonly #counters: BrokerCounters;
  readonly #samples: RateSample[] = [];
  #last: Totals;
  #lastAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(counters: BrokerCounters) {
    this.#counters = counters;
    this.#last = totalsOf(counters);
  }

  /** Looks at the counters once a second; nothing is done for each message. */
  start(): void {
    this.begin(Date.now());
    this.#timer = setInterval(() => this.sample(Date.now()), INTERVAL);
    // It must not keep a program alive.
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  begin(at: number): void {
    this.#last = totalsOf(this.#counters);
    this.#lastAt = at;
  }

  sample(at: number): void {
    const duration = at - this.#lastAt;
    if (duration <= 0) {
      // The computer's clock was set back.
      this.#lastAt = at;
      return;
    }
    const totals = totalsOf(this.#counters);
    this.#samples.push({
      at,
      duration,
      messages: totals.messages - this.#last.messages,
      refused: totals.refused - this.#last.refused,
      dropped: totals.dropped - this.#last.dropped,
    });
    if (this.#samples.length > HISTORY_LENGTH) {
      this.#samples.shift();
    }
    this.#last = totals;
    this.#lastAt = at;
  }

  /** Oldest first. A copy. */
  list(): RateSample[] {
    return [...this.#samples];
  }
}

function totalsOf(counters: BrokerCounters): Totals {
  const { messagesIn, messagesOut, registrationsRefused, eventsRefused, callsDropped } = counters;
  return {
    messages: messagesIn + messagesOut,
    refused: registrationsRefused + eventsRefused,
    dropped: callsDropped,
  };
}

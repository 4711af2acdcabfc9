import type { SocketMonitor } from "./monitored-socket.ts";

const PENDING = 0;
const ACCEPTED = 1;
const REFUSED = 2;
const FAILED = 3;

/** At most so many numbers are named in a finding. */
const NAMED = 5;

/** What became of numbered events: what their publisher was told, what arrived, and what the proxy refused. */
export class Ledger {
  readonly #told: Uint8Array;
  readonly #arrivals: Uint16Array;
  /** Numbers in the order of their first arrival. */
  readonly #firstArrivals: number[] = [];
  readonly #refused = new Set<number>();
  readonly #failures: string[] = [];
  #duplicates = 0;
  #settled = 0;
  #settledOutOfOrder = 0;
  #lastSettled = -1;

  constructor(events: number) {
    this.#told = new Uint8Array(events);
    this.#arrivals = new Uint16Array(events);
  }

  get settled(): number {
    return this.#settled;
  }

  get arrived(): number {
    return this.#firstArrivals.length;
  }

  get duplicates(): number {
    return this.#duplicates;
  }

  get refused(): number {
    return this.#told.reduce((count, told) => count + (told === REFUSED ? 1 : 0), 0);
  }

  /** The publisher of this event awaits this promise. */
  published(number: number, promise: Promise<unknown>): void {
    promise.then(
      () => this.#settle(number, ACCEPTED),
      (error: { code?: string; message?: string }) => {
        this.#settle(number, error.code === "REFUSED" ? REFUSED : FAILED);
        if (error.code !== "REFUSED") {
          this.#failures.push(`event ${number}: ${error.code}: ${error.message}`);
        }
      },
    );
  }

  /** The broker has accepted it. */
  onArrival(number: number): void {
    const arrivals = (this.#arrivals[number] ?? 0) + 1;
    this.#arrivals[number] = arrivals;
    if (arrivals === 1) {
      this.#firstArrivals.push(number);
    } else {
      this.#duplicates += 1;
    }
  }

  /** The proxy has refused it instead of passing it on. */
  onRefused(number: number): void {
    this.#refused.add(number);
  }

  /** Everything that breaks the promise of delivery; empty for a good run. */
  findings({ undecided }: Pick<SocketMonitor, "undecided">): readonly string[] {
    const numbers = [...this.#told.keys()];
    const told = (number: number): number => this.#told[number] ?? PENDING;
    const arrivals = (number: number): number => this.#arrivals[number] ?? 0;
    const inOrder = this.#firstArrivals.filter((number) => !this.#refused.has(number));
    return [
      ...finding(
        "accepted, but never arrived",
        numbers.filter((each) => told(each) === ACCEPTED && arrivals(each) === 0),
      ),
      ...finding(
        "never settled",
        numbers.filter((each) => told(each) === PENDING),
      ),
      ...finding(
        "rejected as refused, although nobody refused it",
        numbers.filter((each) => told(each) === REFUSED && !this.#refused.has(each)),
      ),
      ...finding(
        "arrived more often than it was sent without an answer",
        numbers.filter((each) => arrivals(each) > 1 + (undecided.get(each) ?? 0)),
      ),
      // An event that was refused once, and is sent again because that got lost, comes after those behind it.
      ...finding(
        "arrived before one that was published earlier",
        inOrder.filter((each, index) => each < (inOrder[index - 1] ?? -1)),
      ),
      ...(this.#settledOutOfOrder > 0 ? [`${this.#settledOutOfOrder} settled out of order`] : []),
      ...this.#failures.slice(0, NAMED).map((failure) => `rejected: ${failure}`),
    ];
  }

  #settle(number: number, told: number): void {
    this.#told[number] = told;
    this.#settled += 1;
    if (number < this.#lastSettled) {
      this.#settledOutOfOrder += 1;
    }
    this.#lastSettled = number;
  }
}

function finding(what: string, numbers: readonly number[]): string[] {
  if (numbers.length === 0) {
    return [];
  }
  const named = numbers.slice(0, NAMED).join(", ");
  return [`${numbers.length} ${what}: ${named}${numbers.length > NAMED ? ", …" : ""}`];
}

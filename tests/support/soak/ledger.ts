import { kindOf, type Report } from "./messages.ts";

/** At most so many numbers are named in a finding. */
const NAMED = 5;

/** What became of the events of a soak: what their publishers were told, and what arrived. */
export class SoakLedger {
  readonly #told = new Map<number, string>();
  readonly #arrived = new Set<number>();
  readonly #refused = new Set<number>();
  readonly #answered = new Set<number>();
  readonly #echoes = new Set<number>();
  readonly #findings: string[] = [];
  readonly #counts = new Map<string, number>();
  #published = 0;
  #latest = -1;
  #duplicates = 0;
  #late = 0;

  get published(): number {
    return this.#published;
  }

  get arrived(): number {
    return this.#arrived.size;
  }

  get duplicates(): number {
    return this.#duplicates;
  }

  /** Told that they were accepted or stored. */
  get accepted(): number {
    return this.#counts.get("accepted") ?? 0;
  }

  /** How often each was told, but for "accepted". */
  get failures(): string {
    const entries = [...this.#counts].filter(([told]) => told !== "accepted");
    return entries.map(([told, count]) => `${told} ${count}`).join(", ");
  }

  get answered(): number {
    return this.#answered.size;
  }

  onReport({ published, told, answered, findings }: Report): void {
    this.#published = published;
    for (const [number, what] of told) {
      this.#told.set(number, what);
      this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
    }
    for (const value of answered) {
      this.#answered.add(value);
    }
    this.#findings.push(...findings);
  }

  onArrival(number: number): void {
    if (this.#arrived.has(number)) {
      this.#duplicates += 1;
      if (kindOf(number) === "uncached") {
        this.#findings.push(`the uncached event ${number} arrived twice`);
      }
      return;
    }
    this.#arrived.add(number);
    // One that was refused, and its refusal lost, is sent again behind those that came after it.
    if (number < this.#latest && !this.#refused.has(number)) {
      this.#late += 1;
    }
    this.#latest = Math.max(this.#latest, number);
  }

  onEcho(value: number): void {
    this.#echoes.add(value);
  }

  onRefused(number: number): void {
    this.#refused.add(number);
  }

  /** So far; an event may be told stored, and be on its way. */
  lostSoFar(): number {
    return this.#lost("cached").length + this.#lost("uncached").length;
  }

  /** What breaks the promise of delivery, when all is over. */
  judge(): readonly string[] {
    const numbers = Array.from({ length: this.#published }, (_, number) => number);
    return [
      ...this.#findings,
      ...named("told accepted, but never arrived", this.#lost("cached", "uncached")),
      ...named("told stored, but never arrived", this.#lost("stored")),
      ...named(
        "never told anything",
        numbers.filter((number) => !this.#told.has(number)),
      ),
      ...named(
        "answers to calls told accepted, but never arrived",
        [...this.#answered].filter((value) => !this.#echoes.has(value)),
      ),
      ...(this.#late > 0 ? [`${this.#late} events arrived out of order for the first time`] : []),
    ];
  }

  #lost(...kinds: readonly string[]): readonly number[] {
    const accepted = [...this.#told].filter(([, what]) => what === "accepted").map(([number]) => number);
    return accepted.filter(
      (number) =>
        kinds.includes(kindOf(number)) &&
        !this.#arrived.has(number) &&
        // A stored one may be refused after its publisher was told.
        !(kindOf(number) === "stored" && this.#refused.has(number)),
    );
  }
}

function named(what: string, numbers: readonly number[]): readonly string[] {
  return numbers.length === 0 ? [] : [`${numbers.length} ${what}: ${numbers.slice(0, NAMED).join(", ")}`];
}

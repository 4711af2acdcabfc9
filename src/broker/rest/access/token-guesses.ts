/** Wrong tokens that cost nothing: whoever types one errs now and then. */
const FREE = 5;
/** In milliseconds. */
const FIRST_WAIT = 1_000;
const MAX_WAIT = 60_000;
/** After so long without a guess, all is forgotten. */
const MEMORY = 600_000;
/** Of those that guess, the last ones are remembered. */
const MAX_ADDRESSES = 1_000;

interface Guesser {
  /** The last wrong tokens, as digests: a page that brings the same one again and again does not guess. */
  readonly recent: readonly string[];
  readonly count: number;
  /** When the last one came, and until when the next has to wait. */
  readonly last: number;
  readonly until: number;
}

/**
 * Slows down whoever guesses tokens: after five of them each has to wait twice as long as the last, a minute at most. The right
 * token changes nothing: it may come from somebody else at the same address.
 */
export class TokenGuesses {
  readonly #now: () => number;
  // The one that guessed last at the end.
  readonly #guessers = new Map<string, Guesser>();

  /** @param now a monotonic clock, in milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** How many addresses are remembered. */
  get size(): number {
    return this.#guessers.size;
  }

  /** How many milliseconds this address has to wait. */
  wait(address: string): number {
    return Math.max(0, (this.#guessers.get(groupOf(address))?.until ?? 0) - this.#now());
  }

  /** It has brought this wrong token. */
  wrong(address: string, digest: string): void {
    const key = groupOf(address);
    const known = this.#guessers.get(key);
    if (known?.recent.includes(digest) === true) {
      return;
    }
    const now = this.#now();
    const isFresh = known === undefined || now - known.last > MEMORY;
    const count = isFresh ? 1 : known.count + 1;
    const wait = count < FREE ? 0 : Math.min(MAX_WAIT, FIRST_WAIT * 2 ** (count - FREE));
    this.#guessers.delete(key);
    this.#guessers.set(key, {
      recent: [...(known?.recent ?? []), digest].slice(-FREE),
      count,
      last: now,
      until: now + wait,
    });
    this.#prune();
  }

  #prune(): void {
    for (const oldest of this.#guessers.keys()) {
      if (this.#guessers.size <= MAX_ADDRESSES) {
        return;
      }
      this.#guessers.delete(oldest);
    }
  }
}

/** Whoever has an IPv6 address has a whole network of them, of 64 bits. */
function groupOf(address: string): string {
  if (!address.includes(":") || address.includes(".")) {
    return address;
  }
  const [head = "", tail] = address.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => "0");
  return [...before, ...zeros, ...after].slice(0, 4).join(":");
}

import { randomUUID } from "node:crypto";

/** How many tokens are remembered: the newest. */
const MAX_TOKENS = 10_000;

/** The tokens that make a service that of an owner: those that were issued here, and those that were verified here. */
export class Tokens {
  readonly #verified = new Set<string>();

  issue(): string {
    const token = randomUUID();
    this.verify(token);
    return token;
  }

  verify(token: string): void {
    this.#verified.delete(token);
    this.#verified.add(token);
    for (const oldest of this.#verified) {
      if (this.#verified.size <= MAX_TOKENS) {
        return;
      }
      this.#verified.delete(oldest);
    }
  }

  isVerified(token: string | null | undefined): boolean {
    return typeof token === "string" && this.#verified.has(token);
  }
}

// Numbered pictures, each with the second at which it was taken, which the document says.
import { readFile, writeFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { compose, ROOT, save } from "./image.ts";

const DOCUMENT = `${ROOT}docs/first-minute.md`;
const MAX_BYTES = 120_000;

interface Taken {
  readonly second: number;
  /** What is above each other in one picture. */
  readonly pngs: readonly Buffer[];
}

export class Recording {
  readonly #startedAt: number;
  readonly #taken: Taken[] = [];

  /** @param startedAt milliseconds since 1970 */
  constructor(startedAt: number) {
    this.#startedAt = startedAt;
  }

  get #seconds(): number {
    return (Date.now() - this.#startedAt) / 1_000;
  }

  /** Waits for a second, unless it is over. */
  async until(second: number): Promise<void> {
    const milliseconds = Math.max(0, (second - this.#seconds) * 1_000);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
  }

  /** The next picture, as it is now. */
  keep(...pngs: readonly Buffer[]): void {
    this.#taken.push({ second: Math.round(this.#seconds), pngs });
  }

  /** Writes all of them, and their seconds into the document: later, because this takes its time. */
  async save(browser: Browser): Promise<void> {
    let text = await readFile(DOCUMENT, "utf8");
    for (const [index, { second, pngs }] of this.#taken.entries()) {
      const name = `first-minute-${String(index + 1).padStart(2, "0")}`;
      await save(browser, name, await compose(browser, "column", pngs), MAX_BYTES);
      const place = new RegExp(`(?<=\\(images/${name}\\.webp\\)\\n\\n\\*\\*Second )\\d+`);
      if (!place.test(text)) {
        throw new Error(`docs/first-minute.md has no second for ${name}.`);
      }
      text = text.replace(place, String(second));
    }
    await writeFile(DOCUMENT, text);
  }
}

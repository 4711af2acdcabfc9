import { type EncodedMessage, utf8Length } from "../../core/codec/index.ts";

/** `["` and `"]` around the messages, `","` between them. */
const BRACKETS = 4;
const SEPARATOR = 3;

/** Collects the messages of one turn, and writes them as one SockJS frame: at its end, or when the frame is full. */
export class Batch {
  readonly #maxBytes: number;
  readonly #write: (frame: string) => void;
  /** Escaped and separated. */
  #content = "";
  #bytes = 0;

  /** @param maxBytes of a frame; a message that has more alone leaves in a frame of its own */
  constructor(maxBytes: number, write: (frame: string) => void) {
    this.#maxBytes = maxBytes;
    this.#write = write;
  }

  add({ escaped }: EncodedMessage): void {
    const bytes = utf8Length(escaped);
    if (this.#bytes > 0 && this.#bytes + SEPARATOR + bytes > this.#maxBytes) {
      this.flush();
    }
    if (this.#bytes === 0) {
      this.#content = escaped;
      this.#bytes = BRACKETS + bytes;
      queueMicrotask(() => this.flush());
    } else {
      this.#content += `","${escaped}`;
      this.#bytes += SEPARATOR + bytes;
    }
  }

  /** Writes what was collected. */
  flush(): void {
    if (this.#bytes > 0) {
      const frame = `["${this.#content}"]`;
      this.#content = "";
      this.#bytes = 0;
      this.#write(frame);
    }
  }
}

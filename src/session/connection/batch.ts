import type { EncodedMessage } from "../../core/codec/index.ts";

/** `["` and `"]` around the messages, `","` between them. */
const BRACKETS = 4;
const SEPARATOR = 3;

/** Collects the messages of one turn, and writes them as one SockJS frame: at its end, or when the frame is full. */
export class Batch {
  readonly #maxBytes: number;
  readonly #write: (frame: string) => void;
  /** Escaped. */
  #messages: string[] = [];
  /** Characters of their frame: it has as many bytes, or more. */
  #length = BRACKETS;

  /** @param maxBytes of a frame; a message that has more alone leaves in a frame of its own */
  constructor(maxBytes: number, write: (frame: string) => void) {
    this.#maxBytes = maxBytes;
    this.#write = write;
  }

  add({ escaped }: EncodedMessage): void {
    const length = escaped.length + SEPARATOR;
    if (this.#length + length > this.#maxBytes) {
      this.flush();
    }
    if (this.#messages.length === 0) {
      queueMicrotask(() => this.flush());
    }
    this.#messages.push(escaped);
    this.#length += length;
  }

  /** Writes what was collected. */
  flush(): void {
    const messages = this.#messages;
    if (messages.length > 0) {
      this.#messages = [];
      this.#length = BRACKETS;
      this.#writeAll(messages);
    }
  }

  /** What is not ASCII may have more bytes than characters. */
  #writeAll(messages: readonly string[]): void {
    const frame = `["${messages.join('","')}"]`;
    if (messages.length > 1 && new TextEncoder().encode(frame).length > this.#maxBytes) {
      const half = Math.ceil(messages.length / 2);
      this.#writeAll(messages.slice(0, half));
      this.#writeAll(messages.slice(half));
    } else {
      this.#write(frame);
    }
  }
}

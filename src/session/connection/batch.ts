import type { EncodedMessage } from "../../core/codec/index.ts";
import { utf8Bytes } from "../../support/utf8-bytes.ts";

/** `","` between the messages. */
const SEPARATOR = 3;
/** `["` and `"]` around them, less the separator that the last one does without. */
const AROUND = 4 - SEPARATOR;

/** Collects the messages of one turn, and writes them as one SockJS frame: at its end, or when the frame is full. */
export class Batch {
  readonly #maxBytes: number;
  readonly #write: (frame: string) => void;
  /** Escaped. */
  #messages: string[] = [];
  /** Characters of their frame: it has as many bytes, or more. */
  #length = AROUND;

  /** @param maxBytes of a frame; a message that has more alone leaves in a frame of its own */
  constructor(maxBytes: number, write: (frame: string) => void) {
    this.#maxBytes = maxBytes;
    this.#write = write;
  }

  add({ escaped }: EncodedMessage): void {
    const length = escaped.length + SEPARATOR;
    const before = this.#messages.length;
    const isFull = before > 0 && this.#length + length > this.#maxBytes;
    if (before === 0) {
      queueMicrotask(() => this.flush());
    }
    this.#messages.push(escaped);
    this.#length += length;
    // Last of all: a socket may answer at once, and what is sent then comes in here too, behind this message.
    if (isFull) {
      this.#writeFrame(before);
    }
  }

  /** Writes what was collected. */
  flush(): void {
    while (this.#messages.length > 0) {
      this.#writeFrame(this.#messages.length);
    }
  }

  /** Writes the oldest messages, so many or fewer: what is not ASCII has more bytes than characters. */
  #writeFrame(count: number): void {
    const frame = `["${this.#messages.slice(0, count).join('","')}"]`;
    if (count > 1 && utf8Bytes(frame) > this.#maxBytes) {
      return this.#writeFrame(Math.ceil(count / 2));
    }
    this.#messages = this.#messages.slice(count);
    this.#length = this.#messages.reduce((sum, { length }) => sum + length + SEPARATOR, AROUND);
    this.#write(frame);
  }
}

import { clip } from "../../../support/clip.ts";

/** A frame, or the end of a connection, as a bug report shows it. */
export interface FrameRecord {
  /** Since the beginning of its connection. */
  readonly milliseconds: number;
  readonly direction: "sent" | "received" | "closed";
  readonly text: string;
}

/** Characters of a frame that are shown. */
const MAX_TEXT = 2_000;
/** Frames of one connection that are kept: the first ones. */
const MAX_FRAMES = 60;

/** What went over one connection. */
export class Transcript {
  readonly #start = performance.now();
  readonly #records: FrameRecord[] = [];
  readonly #mask: (text: string) => string;

  /** @param mask hides what nobody should read */
  constructor(mask: (text: string) => string) {
    this.#mask = mask;
  }

  get records(): readonly FrameRecord[] {
    return this.#records;
  }

  add(direction: FrameRecord["direction"], text: string): void {
    if (this.#records.length < MAX_FRAMES) {
      this.#records.push({ milliseconds: this.elapsed(), direction, text: clip(this.#mask(text), MAX_TEXT) });
    }
  }

  /** With a tenth: an MSB next door answers in less than a millisecond. */
  elapsed(): number {
    return Math.round((performance.now() - this.#start) * 10) / 10;
  }
}

/** Redraws once a frame at most: when something has come, and as often as time moves on by a pixel. */
export class Painter {
  readonly #draw: () => number;
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param draw returns after how many milliseconds the picture is no longer true by itself */
  constructor(draw: () => number) {
    this.#draw = draw;
  }

  request(): void {
    if (this.#frame === 0) {
      // A tab that is hidden has no frames, so nothing is drawn there.
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.request(), this.#draw());
      });
    }
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#frame = -1;
  }
}

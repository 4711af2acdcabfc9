const WIDTH = 600;
const HEIGHT = 140;
const MARGIN = 10;

/** A line of the last values. */
export class Chart {
  readonly #line: HTMLElement;
  readonly #range: HTMLElement;
  readonly #size: number;
  readonly #values: number[] = [];

  constructor(line: HTMLElement, range: HTMLElement, size: number) {
    this.#line = line;
    this.#range = range;
    this.#size = size;
  }

  add(value: number): void {
    this.#values.push(value);
    if (this.#values.length > this.#size) {
      this.#values.shift();
    }
    // At least one degree high, so that noise does not look like news.
    const low = Math.floor(Math.min(...this.#values));
    const high = Math.max(low + 1, Math.ceil(Math.max(...this.#values)));
    const points = this.#values.map((each, index) => {
      const x = (index / (this.#size - 1)) * WIDTH;
      const y = HEIGHT - MARGIN - ((each - low) / (high - low)) * (HEIGHT - 2 * MARGIN);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    });
    this.#line.setAttribute("points", points.join(" "));
    this.#range.textContent = `${low} °C to ${high} °C`;
  }
}

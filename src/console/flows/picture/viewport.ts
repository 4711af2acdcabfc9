import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { select } from "d3-selection";
import { type D3ZoomEvent, zoom, zoomIdentity } from "d3-zoom";
import type { Rect } from "./arrow.ts";
import type { Point } from "./nodes.ts";

export interface Transform {
  readonly x: number;
  readonly y: number;
  /** How much larger than it is. */
  readonly k: number;
}

const MAX_SCALE = 2.5;
/** The smallest, unless the whole picture needs a smaller one. */
const MIN_SCALE = 0.3;
/** What is drawn beyond the edges, so that a small move draws nothing anew: so many times the width. */
const BEYOND = 0.5;

/** Which part of the picture is seen, and how large: wheel, pointer and touch change it. */
export class Viewport {
  readonly transform: Signal<Transform> = signal({ x: 0, y: 0, k: 1 });
  /** What is drawn, in the picture's units: more than what is seen. */
  readonly drawn: ReadonlySignal<Rect>;
  /** Whether all of it is seen because nobody has chosen another part. */
  isFitted = true;
  readonly #drawn = signal<Rect>({ x: 0, y: 0, width: 0, height: 0 });
  readonly #behaviour = zoom<SVGSVGElement, unknown>();
  readonly #onChosen: (place: string | undefined) => void;
  #svg: SVGSVGElement | undefined;
  #width = 0;
  #height = 0;
  #picture = { width: 0, height: 0 };

  /** @param onChosen hears what a person has chosen to see; `undefined` for all of it. */
  constructor(onChosen: (place: string | undefined) => void) {
    this.drawn = this.#drawn;
    this.#onChosen = onChosen;
  }

  /** Listens to the element until the function that it returns is called. */
  attach(svg: SVGSVGElement): () => void {
    this.#svg = svg;
    this.#behaviour
      // What begins at an event draws a flow.
      .filter((event: Event) => {
        const isPort = (event.target as Element).closest(".port.event") !== null;
        return event.type === "wheel" || !(isPort || (event as MouseEvent).button > 0);
      })
      .on("zoom", ({ transform: { x, y, k }, sourceEvent }: D3ZoomEvent<SVGSVGElement, unknown>) => {
        this.transform.value = { x, y, k };
        if (sourceEvent) {
          this.isFitted = false;
        }
        this.#updateDrawn();
      })
      .on("end", () => this.#tell());
    select(svg).call(this.#behaviour);
    const observer = new ResizeObserver(() => this.#resize());
    observer.observe(svg);
    this.#resize();
    return () => {
      observer.disconnect();
      select(svg).on(".zoom", null);
    };
  }

  /** The picture is another one. All of it is seen again, if it was. */
  setPicture(width: number, height: number): void {
    this.#picture = { width, height };
    this.#limit();
    if (this.isFitted) {
      this.fit();
    }
  }

  get hasSize(): boolean {
    return this.#width > 0 && this.#height > 0;
  }

  fit(): void {
    const { width, height } = this.#picture;
    const k = this.#fittingScale();
    const isNothing = width === 0 || !this.hasSize;
    this.#set(
      isNothing
        ? { x: 0, y: 0, k: 1 }
        : { x: (this.#width - width * k) / 2, y: (this.#height - height * k) / 2, k },
    );
    this.isFitted = true;
    this.#tell();
  }

  zoomBy(factor: number): void {
    this.isFitted = false;
    if (this.#svg !== undefined) {
      this.#behaviour.scaleBy(select(this.#svg), factor);
    }
  }

  /** Moves by pixels. */
  panBy(x: number, y: number): void {
    this.isFitted = false;
    if (this.#svg !== undefined) {
      this.#behaviour.translateBy(
        select(this.#svg),
        x / this.transform.peek().k,
        y / this.transform.peek().k,
      );
    }
  }

  /** Brings a part of the picture into sight, readable. */
  show(part: Rect, scale: number): void {
    const { x, y, k } = this.transform.peek();
    const seen = { left: -x / k, top: -y / k, right: (this.#width - x) / k, bottom: (this.#height - y) / k };
    const isSeen =
      part.x >= seen.left &&
      part.y >= seen.top &&
      part.x + part.width <= seen.right &&
      part.y + part.height <= seen.bottom;
    if (!isSeen || k < scale) {
      this.#center({ x: part.x + part.width / 2, y: part.y + part.height / 2 }, Math.max(k, scale));
    }
  }

  /** Where a place of the page is in the picture. */
  toPicture(clientX: number, clientY: number): Point {
    const { left, top } = this.#svg?.getBoundingClientRect() ?? { left: 0, top: 0 };
    const { x, y, k } = this.transform.peek();
    return { x: (clientX - left - x) / k, y: (clientY - top - y) / k };
  }

  /** Shows what stood in the address: scale, and what is in the middle. */
  restore(place: string): boolean {
    const [k = Number.NaN, x = Number.NaN, y = Number.NaN] = place.split(",").map(Number);
    if (![k, x, y].every(Number.isFinite) || k <= 0) {
      return false;
    }
    this.#center({ x, y }, k);
    return true;
  }

  #center({ x, y }: Point, scale: number): void {
    const k = Math.min(MAX_SCALE, scale);
    this.isFitted = false;
    this.#set({ x: this.#width / 2 - x * k, y: this.#height / 2 - y * k, k });
    this.#tell();
  }

  #set({ x, y, k }: Transform): void {
    if (this.#svg !== undefined) {
      this.#behaviour.transform(select(this.#svg), zoomIdentity.translate(x, y).scale(k));
    }
  }

  #tell(): void {
    const { x, y, k } = this.transform.peek();
    const middle = [(this.#width / 2 - x) / k, (this.#height / 2 - y) / k].map(Math.round);
    this.#onChosen(this.isFitted ? undefined : [k.toFixed(3), ...middle].join());
  }

  #fittingScale(): number {
    const { width, height } = this.#picture;
    return Math.min(1, this.#width / width || 1, this.#height / height || 1);
  }

  /** As far as a person can go: the picture stays in reach. */
  #limit(): void {
    const { width, height } = this.#picture;
    const smallest = Math.min(MIN_SCALE, this.#fittingScale() * 0.8);
    const [x, y] = [this.#width / smallest, this.#height / smallest];
    this.#behaviour
      .extent([
        [0, 0],
        [this.#width, this.#height],
      ])
      .scaleExtent([smallest, MAX_SCALE])
      .translateExtent([
        [-x, -y],
        [width + x, height + y],
      ]);
  }

  #resize(): void {
    const { width = 0, height = 0 } = this.#svg?.getBoundingClientRect() ?? {};
    if (width === this.#width && height === this.#height) {
      return;
    }
    [this.#width, this.#height] = [width, height];
    this.#limit();
    if (this.isFitted) {
      this.fit();
    }
    this.#updateDrawn();
  }

  #updateDrawn(): void {
    const { x, y, k } = this.transform.peek();
    const seen = { x: -x / k, y: -y / k, width: this.#width / k, height: this.#height / k };
    const drawn = this.#drawn.peek();
    const isInside =
      seen.x >= drawn.x &&
      seen.y >= drawn.y &&
      seen.x + seen.width <= drawn.x + drawn.width &&
      seen.y + seen.height <= drawn.y + drawn.height;
    if (!isInside || drawn.width > 4 * seen.width) {
      const [dx, dy] = [seen.width * BEYOND, seen.height * BEYOND];
      this.#drawn.value = {
        x: seen.x - dx,
        y: seen.y - dy,
        width: seen.width + 2 * dx,
        height: seen.height + 2 * dy,
      };
    }
  }
}

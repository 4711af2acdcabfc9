import uPlot from "uplot";
import { textScale } from "../text-scale.ts";
import { clockMinutes, clockTime } from "./clock-time.ts";
import { drawBehind, drawOver } from "./decorations.ts";
import type { Ink } from "./ink.ts";
import type { Picture } from "./picture.ts";
import { LONGEST_STEP } from "./spans.ts";

const SECOND = 1000;
const STEPS_OF_TIME = [5, 10, 15, 30, 60, 120, 180, 300].map((seconds) => seconds * SECOND);

const linear = uPlot.paths.linear?.();
/** A speed holds until the next one. */
const stepped = uPlot.paths.stepped?.({ align: 1 });

/** uPlot, as this page uses it: everything that is drawn comes from one picture, and the crosshair from outside. */
export class Plot {
  readonly #plot: uPlot;
  #picture: Picture;
  #ink: Ink;

  constructor(host: HTMLElement, size: { width: number; height: number }, picture: Picture, ink: Ink) {
    this.#picture = picture;
    this.#ink = ink;
    this.#plot = new uPlot({ ...size, ...this.#options() }, dataOf(picture), host);
  }

  set ink(ink: Ink) {
    this.#ink = ink;
  }

  /** Where the lines are, and what the mouse moves over. */
  get area(): HTMLElement {
    return this.#plot.over;
  }

  resize(size: { width: number; height: number }): void {
    this.#plot.setSize(size);
  }

  draw(picture: Picture, crosshair: number | undefined): void {
    this.#picture = picture;
    this.#plot.batch(() => {
      this.#plot.setData(dataOf(picture), false);
      this.#plot.setScale("x", { min: picture.from, max: picture.to });
    });
    const left = crosshair === undefined ? -10 : this.#plot.valToPos(crosshair, "x");
    this.#plot.setCursor({ left, top: left < 0 ? -10 : 0 }, false);
  }

  /** @param left in CSS pixels from the left edge of `area` */
  timeAt(left: number): number {
    return this.#plot.posToVal(left, "x");
  }

  /** In CSS pixels from the left edge of `area`. */
  leftOf(time: number): number {
    return this.#plot.valToPos(time, "x");
  }

  destroy(): void {
    this.#plot.destroy();
  }

  #options(): Omit<uPlot.Options, "width" | "height"> {
    const text = textScale();
    const font = `${12 * text}px system-ui, sans-serif`;
    const ink = (name: keyof Ink) => () => this.#ink[name];
    const grid = { stroke: ink("grid"), width: 1 };
    const none = { show: false };
    return {
      ms: 1,
      // Room above for the values of the marks.
      padding: [18, 0, 0, 0],
      legend: none,
      // Mouse, touch and keys come from outside: uPlot knows the mouse only.
      cursor: {
        y: false,
        drag: { x: false, y: false },
        bind: {
          mousedown: () => null,
          mouseup: () => null,
          click: () => null,
          dblclick: () => null,
          ...NO_MOUSE,
        },
        points: { size: 9, width: 2 },
        dataIdx: (plot, _series, index, time) =>
          Math.abs(Number(plot.data[0]?.[index]) - time) > LONGEST_STEP ? null : index,
      },
      scales: {
        x: { time: true, range: () => [this.#picture.from, this.#picture.to] },
        temperature: { range: () => [...this.#picture.ranges.temperature] },
        right: { range: () => [...this.#picture.ranges.right] },
      },
      axes: [
        {
          stroke: ink("quiet"),
          font,
          grid,
          ticks: grid,
          size: 34 * text,
          space: 70 * text,
          incrs: STEPS_OF_TIME,
          values: (plot, splits, _axis, _space, step) => timesOf(plot, splits, step),
        },
        {
          scale: "temperature",
          stroke: ink("temperature"),
          font,
          grid,
          ticks: none,
          size: 36 * text,
          space: 44 * text,
        },
        {
          scale: "right",
          side: 1,
          stroke: ink("right"),
          font,
          grid: none,
          ticks: none,
          size: 40 * text,
          space: 44 * text,
        },
      ],
      series: [
        {},
        { scale: "temperature", stroke: ink("temperature"), width: 2, ...this.#line() },
        { scale: "right", stroke: ink("right"), width: 2, dash: [2, 3], ...this.#line() },
      ],
      hooks: {
        drawAxes: [(plot) => drawBehind(plot, this.#picture, this.#ink)],
        draw: [(plot) => drawOver(plot, this.#picture, this.#ink)],
      },
    };
  }

  #line(): Pick<uPlot.Series, "paths" | "gaps" | "points"> {
    return {
      paths: (plot, series, first, last) => {
        const isSpeed = series === 2 && this.#picture.rightAxis === "speed";
        return (isSpeed ? stepped : linear)?.(plot, series, first, last) ?? null;
      },
      gaps: (plot) =>
        this.#picture.gaps.map(({ from, to }) => [
          Math.round(plot.valToPos(from, "x", true)),
          Math.round(plot.valToPos(to, "x", true)),
        ]),
      // None but those that stand alone between two gaps, where no line shows them.
      points: { show: () => false, size: 4 },
    };
  }
}

const NO_MOUSE = { mousemove: () => null, mouseleave: () => null, mouseenter: () => null };

function dataOf({ samples, rightAxis }: Picture): uPlot.AlignedData {
  return [samples.at, samples.temperature, samples[rightAxis]];
}

/** The end of the axis is now, always: what would stand too close to it makes room. */
function timesOf(plot: uPlot, splits: readonly number[], step: number): string[] {
  const format = step < 60 * SECOND ? clockTime : clockMinutes;
  const width = plot.bbox.width / uPlot.pxRatio;
  return splits.map((time) => (plot.valToPos(time, "x") > width - 58 ? "" : format(time)));
}

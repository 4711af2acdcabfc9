// What is drawn around the lines. Canvas pixels throughout: `px` is how many of them a CSS pixel has, more where text is larger.
import uPlot from "uplot";
import { textScale } from "../text-scale.ts";
import { inWords } from "./clock-time.ts";
import type { Ink } from "./ink.ts";
import type { Picture } from "./picture.ts";

/** Asked once for each drawing, because the answer is in the style sheet. */
const pixel = () => uPlot.pxRatio * textScale();

const font = (px: number, weight = 400) => `${weight} ${Math.round(12 * px)}px system-ui, sans-serif`;

/** Behind the lines: what was before the record, gaps, and parts that were filled afterwards. */
export function drawBehind(plot: uPlot, picture: Picture, ink: Ink): void {
  const px = pixel();
  if (picture.unrecorded !== undefined) {
    const area = areaOf(plot, picture.unrecorded.from, picture.unrecorded.to);
    plot.ctx.fillStyle = ink.unknown;
    plot.ctx.fillRect(area.left, area.top, area.width, area.height);
    label(plot.ctx, area, ["nothing was recorded yet", "no record yet"], ink.quiet, px);
  }
  for (const { from, to } of picture.gaps) {
    const area = areaOf(plot, from, to);
    hatch(plot.ctx, area, ink.quiet, 0.35, px);
    label(plot.ctx, area, [`no measurement for ${inWords(to - from)}`, "no measurement"], ink.quiet, px);
  }
  for (const { from, to, count } of picture.filled) {
    const area = areaOf(plot, from, to);
    plot.ctx.save();
    plot.ctx.globalAlpha = 0.22;
    plot.ctx.fillStyle = ink.late;
    plot.ctx.fillRect(area.left, area.top, area.width, area.height);
    plot.ctx.restore();
    label(
      plot.ctx,
      area,
      [`filled in afterwards: ${count} measurements`, "filled in afterwards", "filled in"],
      ink.text,
      px,
    );
  }
}

/** Over the lines: the limit, and where the speed changed. */
export function drawOver(plot: uPlot, picture: Picture, ink: Ink): void {
  const { ctx } = plot;
  const px = pixel();
  drawNow(plot, ink, px);
  ctx.save();
  ctx.beginPath();
  ctx.rect(plot.bbox.left, 0, plot.bbox.width, plot.bbox.top + plot.bbox.height);
  ctx.clip();
  drawLimit(plot, picture, ink, px);
  drawSpeedChanges(plot, picture, ink, px);
  ctx.restore();
}

/** Where the axis ends. */
function drawNow({ ctx, bbox }: uPlot, ink: Ink, px: number): void {
  ctx.save();
  ctx.font = font(px, 600);
  ctx.textAlign = "right";
  ctx.textBaseline = "top";
  ctx.fillStyle = ink.text;
  ctx.fillText("now", bbox.left + bbox.width, bbox.top + bbox.height + 15 * uPlot.pxRatio);
  ctx.restore();
}

function drawLimit(plot: uPlot, { limit, ranges }: Picture, ink: Ink, px: number): void {
  if (limit === undefined) {
    return;
  }
  const { ctx, bbox } = plot;
  const [low, high] = ranges.temperature;
  const isInside = limit >= low && limit <= high;
  const y = isInside
    ? plot.valToPos(limit, "temperature", true)
    : limit > high
      ? bbox.top
      : bbox.top + bbox.height;
  ctx.strokeStyle = ink.limit;
  ctx.lineWidth = 1.5 * px;
  if (isInside) {
    line(ctx, [8 * px, 5 * px], bbox.left, y, bbox.left + bbox.width, y);
  }
  const arrow = isInside ? "" : limit > high ? "↑ " : "↓ ";
  const isLow = y > bbox.top + 20 * px;
  const words = `${arrow}Limit ${limit} °C`;
  ctx.font = font(px, 600);
  ctx.textAlign = "left";
  ctx.textBaseline = isLow ? "bottom" : "top";
  outlined(ctx, words, bbox.left + 6 * px, y + (isLow ? -3 : 3) * px, ink.limit, ink.ground, px);
}

/** The value stands above the plot, where no line can cover it. Of changes that follow each other closely the last is named. */
function drawSpeedChanges(plot: uPlot, { speedChanges }: Picture, ink: Ink, px: number): void {
  const { ctx, bbox } = plot;
  ctx.font = font(px, 600);
  ctx.textAlign = "center";
  ctx.textBaseline = "bottom";
  ctx.strokeStyle = ink.right;
  ctx.lineWidth = px;
  let taken = Number.POSITIVE_INFINITY;
  for (const { at, speed } of speedChanges.toReversed()) {
    const x = plot.valToPos(at, "x", true);
    ctx.globalAlpha = 0.6;
    line(ctx, [], x, bbox.top, x, bbox.top + bbox.height);
    ctx.globalAlpha = 1;
    const words = `▸${speed}`;
    const half = ctx.measureText(words).width / 2;
    const middle = Math.min(Math.max(x, bbox.left + half), bbox.left + bbox.width - half);
    if (middle + half < taken) {
      taken = middle - half - 4 * px;
      ctx.fillStyle = ink.right;
      ctx.fillText(words, middle, bbox.top - 2 * px);
    }
  }
}

interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function areaOf({ bbox, valToPos }: uPlot, from: number, to: number): Area {
  const left = Math.max(bbox.left, valToPos(from, "x", true));
  const right = Math.min(bbox.left + bbox.width, valToPos(to, "x", true));
  return { left, top: bbox.top, width: Math.max(0, right - left), height: bbox.height };
}

function hatch(
  ctx: CanvasRenderingContext2D,
  { left, top, width, height }: Area,
  colour: string,
  alpha: number,
  px: number,
): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  ctx.globalAlpha = alpha;
  ctx.strokeStyle = colour;
  ctx.lineWidth = px;
  ctx.beginPath();
  const step = 10 * px;
  // Fixed to the left end, so that it does not swim when the right one moves on.
  for (let x = left - height; x < left + width; x += step) {
    ctx.moveTo(x, top + height);
    ctx.lineTo(x + height, top);
  }
  ctx.stroke();
  ctx.restore();
}

/** The longest words that have room; none if even the shortest have not. */
function label(
  ctx: CanvasRenderingContext2D,
  area: Area,
  choices: readonly string[],
  colour: string,
  px: number,
): void {
  ctx.save();
  ctx.font = font(px);
  const room = area.width - 8 * px;
  const words = choices.find((each) => ctx.measureText(each).width <= room);
  if (words !== undefined) {
    ctx.textAlign = "center";
    ctx.textBaseline = "bottom";
    const y = area.top + area.height - 6 * px;
    outlined(ctx, words, area.left + area.width / 2, y, colour, undefined, px);
  }
  ctx.restore();
}

/** With a rim of the ground's colour, so that a line behind does not cut through the words. */
function outlined(
  ctx: CanvasRenderingContext2D,
  words: string,
  x: number,
  y: number,
  colour: string,
  ground: string | undefined,
  px: number,
): void {
  if (ground !== undefined) {
    ctx.save();
    ctx.lineJoin = "round";
    ctx.strokeStyle = ground;
    ctx.lineWidth = 4 * px;
    ctx.strokeText(words, x, y);
    ctx.restore();
  }
  ctx.fillStyle = colour;
  ctx.fillText(words, x, y);
}

function line(
  ctx: CanvasRenderingContext2D,
  dash: number[],
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
): void {
  ctx.setLineDash(dash);
  ctx.beginPath();
  ctx.moveTo(fromX, fromY);
  ctx.lineTo(toX, toY);
  ctx.stroke();
  ctx.setLineDash([]);
}

import type { Point } from "./nodes.ts";

/** A cubic curve: its start, two points that pull at it, its end. */
type Curve = readonly [Point, Point, Point, Point];

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Arrow {
  /** As SVG writes it. */
  readonly path: string;
  /** The straight way, which is quicker to paint. */
  readonly line: string;
  readonly curves: readonly Curve[];
  readonly bounds: Rect;
  /** Where its figures can stand, the best place first. */
  readonly places: readonly Point[];
}

const BEND = 60;
/** Between a box and an arrow that leads back below it: half of what is between two boxes. */
const GAP = 12;
/** To find the way around more boxes than these would take too long. */
const MAX_OBSTACLES = 150;
/** Parts of the way: the middle, and beside it if others stand there. */
const PLACES = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78];
/** Pieces in which a curve is looked at. */
const STEPS = 16;

/** @param bow how far it is beside the one with the same ends. */
export function drawArrow(start: Point, end: Point, bow: number, boxes: readonly Rect[]): Arrow {
  if (end.x > start.x) {
    const bend = Math.max(BEND, (end.x - start.x) / 2);
    const pull = { x: start.x + bend, y: start.y + bow };
    return finish([[start, pull, { x: end.x - bend, y: end.y + bow }, end]], 0);
  }
  const lowest = Math.max(start.y, end.y) + bow;
  const y = boxes.length > MAX_OBSTACLES ? lowest + BEND : findGap(lowest, end.x, start.x, boxes);
  const [right, left] = [start.x + BEND, end.x - BEND];
  const [turn, back] = [
    { x: start.x, y },
    { x: end.x, y },
  ];
  return finish(
    [
      [start, { x: right, y: start.y }, { x: right, y }, turn],
      [turn, turn, back, back],
      [back, { x: left, y }, { x: left, y: end.y }, end],
    ],
    1,
  );
}

/** A line to where somebody points. */
export function pathBetween(start: Point, end: Point): string {
  return drawArrow(start, end.x > start.x ? end : { x: start.x + 1, y: end.y }, 0, []).path;
}

/** How far a point is from an arrow. */
export function distanceTo({ curves }: Arrow, { x, y }: Point): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (const curve of curves) {
    for (let step = 0; step < STEPS; step++) {
      nearest = Math.min(
        nearest,
        distanceToLine(at(curve, step / STEPS), at(curve, (step + 1) / STEPS), x, y),
      );
    }
  }
  return nearest;
}

export function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function finish(curves: readonly Curve[], main: number): Arrow {
  const [first] = curves;
  const points = curves.flat();
  const x = Math.min(...points.map((point) => point.x));
  const y = Math.min(...points.map((point) => point.y));
  const parts = curves.map(([, a, b, end]) => `C${write(a)} ${write(b)} ${write(end)}`);
  const long = curves[main] ?? first;
  return {
    path: `M${first === undefined ? "0,0" : write(first[0])}${parts.join("")}`,
    line: `M${curves.map(([from, , , to], index) => `${index === 0 ? `${write(from)}L` : "L"}${write(to)}`).join("")}`,
    curves,
    bounds: {
      x,
      y,
      width: Math.max(...points.map((point) => point.x)) - x,
      height: Math.max(...points.map((point) => point.y)) - y,
    },
    places: long === undefined ? [] : PLACES.map((part) => at(long, part)),
  };
}

function write({ x, y }: Point): string {
  return `${Math.round(x)},${Math.round(y)}`;
}

function at([a, b, c, d]: Curve, t: number): Point {
  const s = 1 - t;
  const [p, q, r, u] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return { x: p * a.x + q * b.x + r * c.x + u * d.x, y: p * a.y + q * b.y + r * c.y + u * d.y };
}

function distanceToLine(a: Point, b: Point, x: number, y: number): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / length));
  return Math.hypot(a.x + along * dx - x, a.y + along * dy - y);
}

/** The first height at which a line from `left` to `right` touches no box. */
function findGap(start: number, left: number, right: number, boxes: readonly Rect[]): number {
  const inTheWay = boxes
    .filter(({ x, width }) => x < right + BEND && x + width > left - BEND)
    .toSorted((a, b) => a.y - b.y);
  return inTheWay.reduce(
    (y, box) => (box.y - GAP < y && box.y + box.height + GAP > y ? box.y + box.height + GAP : y),
    start,
  );
}

import type { NewCalls } from "./new-calls.ts";
import { type Layout, type Point, wayOf } from "./places.ts";

const SVG = "http://www.w3.org/2000/svg";

/** More at a time nobody can follow, and each costs. What finds no room is in the counters all the same. */
const MOST = 40;
/** So many go one by one; more are one dot with a number. */
const SINGLE = 2;
const SPEED = 0.36;
/** Between two that go the same way. */
const DISTANCE = 90;

/** Draws a dot for each event, on its way from one place to another. */
export function sendDots(layer: SVGGElement, layout: Layout, calls: readonly NewCalls[]): void {
  for (const { from, to, count } of calls) {
    const way = wayOf(layout, from, to);
    const dots = count > SINGLE ? [count] : Array.from({ length: count }, () => 1);
    for (const [index, number] of dots.entries()) {
      if (way !== undefined && layer.childElementCount < MOST) {
        send(layer, dotOf(from, to, number), way, index * DISTANCE);
      }
    }
  }
}

function dotOf(from: string, to: string, count: number): SVGGElement {
  const dot = document.createElementNS(SVG, "g");
  dot.setAttribute("class", "flow-dot");
  dot.dataset["from"] = from;
  dot.dataset["to"] = to;
  dot.dataset["count"] = String(count);
  const circle = dot.appendChild(document.createElementNS(SVG, "circle"));
  circle.setAttribute("r", count === 1 ? "5" : String(8 + 3 * String(count).length));
  if (count > 1) {
    const words = dot.appendChild(document.createElementNS(SVG, "text"));
    words.setAttribute("dy", "0.35em");
    words.textContent = String(count);
  }
  return dot;
}

function send(layer: SVGGElement, dot: SVGGElement, way: readonly Point[], delay: number): void {
  const [start = [0, 0]] = way;
  dot.style.transform = translate(start);
  // A number is never covered.
  if (dot.querySelector("text") === null) {
    layer.prepend(dot);
  } else {
    layer.append(dot);
  }
  const { frames, length } = framesOf(way);
  const animation = dot.animate(frames, { duration: length / SPEED, delay, fill: "both" });
  const remove = () => dot.remove();
  animation.finished.then(remove, remove);
}

/** The same speed all the way: each corner comes when its share of the length is behind. */
export function framesOf(way: readonly Point[]): { readonly frames: Keyframe[]; readonly length: number } {
  const distances = way.map((point, index) => {
    const [x, y] = way[index - 1] ?? point;
    return Math.hypot(point[0] - x, point[1] - y);
  });
  const length = distances.reduce((sum, each) => sum + each, 0);
  let behind = 0;
  const frames = way.map((point, index) => {
    behind += distances[index] ?? 0;
    return { transform: translate(point), offset: length === 0 ? index / (way.length - 1) : behind / length };
  });
  return { frames, length };
}

function translate([x, y]: Point): string {
  return `translate(${x}px, ${y}px)`;
}

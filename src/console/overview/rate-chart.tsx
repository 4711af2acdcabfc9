import { type Signal, useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { formatRate } from "../data/amounts.ts";
import type { RateSample } from "../data/types.ts";

const SPAN = 300_000;
const MINUTE = 60_000;
const HEIGHT = 170;
const LEFT = 46;
const RIGHT = 12;
const TOP = 14;
const BOTTOM = 24;
/** The word at the end of the time axis, and room beside it. */
const NOW_WIDTH = 56;
/** Two samples that are further apart have nothing between them: the broker stood still. */
const MAX_GAP = 3_000;

interface ChartProps {
  /** At least two. */
  readonly samples: readonly RateSample[];
  readonly pointed: Signal<RateSample | undefined>;
}

export function rateOf({ messages, duration }: RateSample): number {
  return (messages * 1_000) / duration;
}

/** The rate as a line over a time axis that ends now. What it shows is beside it in words. */
export function RateChart({ samples, pointed }: ChartProps) {
  const svg = useRef<SVGSVGElement>(null);
  const width = useSignal(600);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      width.value = entry?.contentRect.width ?? width.value;
    });
    if (svg.current !== null) {
      observer.observe(svg.current);
    }
    return () => observer.disconnect();
  }, []);
  const end = samples.at(-1)?.at ?? 0;
  const top = niceTop(Math.max(...samples.map(rateOf)));
  const x = (at: number) => LEFT + ((at - end + SPAN) / SPAN) * (width.value - LEFT - RIGHT);
  const y = (rate: number) => HEIGHT - BOTTOM - (rate / top) * (HEIGHT - TOP - BOTTOM);
  const shown = samples.filter(({ at }) => at >= end - SPAN);
  const point = (event: PointerEvent) => {
    const at = end - SPAN + ((event.offsetX - LEFT) / (width.value - LEFT - RIGHT)) * SPAN;
    pointed.value = shown.reduce<RateSample | undefined>(
      (best, each) => (best === undefined || Math.abs(each.at - at) < Math.abs(best.at - at) ? each : best),
      undefined,
    );
  };
  return (
    <svg
      ref={svg}
      class="rate-chart"
      height={HEIGHT}
      aria-hidden="true"
      onPointerMove={point}
      onPointerLeave={() => {
        pointed.value = undefined;
      }}
    >
      {[0, top / 2, top].map((rate) => (
        <g key={rate}>
          <line class="grid" x1={LEFT} x2={width.value - RIGHT} y1={y(rate)} y2={y(rate)} />
          <text x={LEFT - 8} y={y(rate) + 4} text-anchor="end">
            {formatRate(rate)}
          </text>
        </g>
      ))}
      {minutesUntil(end).map((at, index) => (
        <g key={at}>
          <line class="grid" x1={x(at)} x2={x(at)} y1={TOP} y2={HEIGHT - BOTTOM + 4} />
          {x(at) < width.value - RIGHT - NOW_WIDTH && (width.value >= 480 || index % 2 === 1) && (
            <text x={x(at)} y={HEIGHT - 6} text-anchor="middle">
              {new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}
            </text>
          )}
        </g>
      ))}
      <text x={width.value - RIGHT} y={HEIGHT - 6} text-anchor="end">
        now
      </text>
      <path class="line" d={pathThrough(shown, x, y)} />
      {shown
        .filter(({ refused, dropped }) => refused + dropped > 0)
        .map(({ at }) => (
          <path key={at} class="mark" d={`M${x(at)} ${TOP - 9}l5 8h-10z`} />
        ))}
      {pointed.value && (
        <>
          <line
            class="pointed"
            x1={x(pointed.value.at)}
            x2={x(pointed.value.at)}
            y1={TOP}
            y2={HEIGHT - BOTTOM}
          />
          <circle class="pointed" cx={x(pointed.value.at)} cy={y(rateOf(pointed.value))} r={4} />
        </>
      )}
    </svg>
  );
}

function pathThrough(
  samples: readonly RateSample[],
  x: (at: number) => number,
  y: (rate: number) => number,
): string {
  return samples
    .map((sample, index) => {
      const before = samples[index - 1];
      const isApart = before === undefined || sample.at - sample.duration - before.at > MAX_GAP;
      return `${isApart ? "M" : "L"}${x(sample.at).toFixed(1)} ${y(rateOf(sample)).toFixed(1)}`;
    })
    .join("");
}

/** The full minutes of the axis. */
function minutesUntil(end: number): number[] {
  const last = Math.floor(end / MINUTE) * MINUTE;
  return Array.from({ length: 5 }, (_, index) => last - index * MINUTE);
}

/** The next of 1, 2, 5, 10, 20, 50 … above it. */
function niceTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 1)));
  return ([1, 2, 5, 10].find((step) => step * power >= most) ?? 10) * power;
}

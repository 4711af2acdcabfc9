import { formatCount, formatQuantity, type Unit } from "./quantity.ts";
import { logScale } from "./scale.ts";
import type { Point } from "./slope.ts";

export interface Chart {
  readonly title: string;
  /** What the sizes count. */
  readonly counts: string;
  readonly unit: Unit;
  readonly lines: readonly { readonly title: string; readonly points: readonly Point[] }[];
}

const WIDTH = 640;
const HEIGHT = 400;
/** Of the plot in the picture. */
const LEFT = 78;
const RIGHT = WIDTH - 28;
const TOP = 108;
const BOTTOM = HEIGHT - 58;
const LEGEND_LEFT = 24;
const LEGEND_TOP = 60;
const LEGEND_ROW = 23;

/** Told apart without colours, too: by their marks. */
const STYLE = `
  svg { --paper: #ffffff; --ink: #1f2328; --quiet: #59636e; --grid: #e4e8ec; --frame: #d1d9e0;
    --line-0: #0969da; --line-1: #bc4c00; --line-2: #1a7f37; --line-3: #8250df; }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #0d1117; --ink: #f0f6fc; --quiet: #9198a1; --grid: #262c36; --frame: #3d444d;
      --line-0: #58a6ff; --line-1: #f0883e; --line-2: #3fb950; --line-3: #bc8cff; }
  }
  text { font: 13px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: var(--quiet); }
  .title { font-size: 16px; font-weight: 600; fill: var(--ink); }
  .legend { fill: var(--ink); }
  .grid { stroke: var(--grid); }
  .paper { fill: var(--paper); stroke: var(--frame); }
  .line { fill: none; stroke-width: 2.25; stroke-linejoin: round; stroke-linecap: round; }
`;

/** A picture of lines over logarithmic axes, as SVG: of light and dark pages alike. */
export function drawChart({ title, counts, unit, lines }: Chart): string {
  const points = lines.flatMap((line) => line.points);
  const sizes = logScale(points.map(({ size }) => size));
  const costs = logScale(
    points.map(({ cost }) => cost),
    2,
  );
  const x = (size: number): number => LEFT + sizes.at(size) * (RIGHT - LEFT);
  const y = (cost: number): number => BOTTOM - costs.at(cost) * (BOTTOM - TOP);
  const place = ({ size, cost }: Point) => ({ x: round(x(size)), y: round(y(cost)) });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escapeText(title)}">`,
    `<style>${STYLE}</style>`,
    `<rect class="paper" x="0.5" y="0.5" width="${WIDTH - 1}" height="${HEIGHT - 1}" rx="6"/>`,
    text(LEGEND_LEFT, 32, "title", title),
    ...costs.ticks.flatMap((tick) => [
      `<line class="grid" x1="${LEFT}" x2="${RIGHT}" y1="${round(y(tick))}" y2="${round(y(tick))}"/>`,
      text(LEFT - 10, y(tick) + 4.5, "", formatQuantity(tick, unit), "end"),
    ]),
    ...sizes.ticks.flatMap((tick) => [
      `<line class="grid" x1="${round(x(tick))}" x2="${round(x(tick))}" y1="${TOP}" y2="${BOTTOM}"/>`,
      text(x(tick), BOTTOM + 22, "", formatCount(tick), "middle"),
    ]),
    text((LEFT + RIGHT) / 2, BOTTOM + 45, "", counts, "middle"),
    ...drawLegend(lines.map((line) => line.title)),
    ...lines.flatMap((line, index) => {
      const places = [...line.points].sort((a, b) => a.size - b.size).map(place);
      return [
        `<polyline class="line" stroke="var(--line-${index})" points="${places.map((each) => `${each.x},${each.y}`).join(" ")}"/>`,
        ...places.map((each) => drawMark(index, each.x, each.y)),
      ];
    }),
    "</svg>\n",
  ].join("\n");
}

/** Three entries in a row, and four in two rows. */
function drawLegend(titles: readonly string[]): string[] {
  const columns = titles.length > 3 ? 2 : 3;
  return titles.flatMap((title, index) => {
    const x = LEGEND_LEFT + (index % columns) * ((WIDTH - 2 * LEGEND_LEFT) / columns);
    const y = LEGEND_TOP + Math.floor(index / columns) * LEGEND_ROW;
    return [
      `<line class="line" stroke="var(--line-${index})" x1="${round(x)}" x2="${round(x + 24)}" y1="${y}" y2="${y}"/>`,
      drawMark(index, round(x + 12), y),
      text(x + 31, y + 4.5, "legend", title),
    ];
  });
}

function drawMark(index: number, x: number, y: number): string {
  const paint = `fill="var(--line-${index})" stroke="var(--paper)" stroke-width="1.5"`;
  const shapes = [
    `<circle cx="${x}" cy="${y}" r="5" ${paint}/>`,
    `<rect x="${round(x - 4.5)}" y="${round(y - 4.5)}" width="9" height="9" ${paint}/>`,
    `<path d="M${x} ${round(y - 6)}l6 10.5h-12z" ${paint}/>`,
    `<path d="M${x} ${round(y - 6.5)}l6.5 6.5l-6.5 6.5l-6.5 -6.5z" ${paint}/>`,
  ];
  return shapes[index % shapes.length] ?? "";
}

function text(x: number, y: number, name: string, content: string, anchor = "start"): string {
  const style = name === "" ? "" : ` class="${name}"`;
  return `<text${style} x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escapeText(content)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escapeText(content: string): string {
  return content
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

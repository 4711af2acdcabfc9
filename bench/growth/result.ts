import type { Costs } from "./measure-series.ts";
import type { Line, Picture, Series } from "./plan.ts";
import { formatCount, formatQuantity } from "./quantity.ts";
import { type Growth, growthOf, type Point } from "./slope.ts";

/** A line of a picture, and how it grows. */
export interface JudgedLine {
  readonly picture: Picture;
  readonly line: Line;
  readonly points: readonly Point[];
  readonly growth: Growth;
  /** Ours, and the cost of one unit: it has to stay as it is. */
  readonly isJudged: boolean;
}

export function judge({ pictures }: Series, costs: Costs): readonly JudgedLine[] {
  return pictures.flatMap((picture) =>
    picture.lines.map((line) => {
      const points = [...costs].map(([size, ofSize]) => ({ size, cost: ofSize[line.key] ?? Number.NaN }));
      const isJudged = picture.isJudged !== false && !line.key.startsWith("bare ");
      return { picture, line, points, growth: growthOf(points), isJudged };
    }),
  );
}

export function isGrowingTooFast({ isJudged, growth }: JudgedLine): boolean {
  return isJudged && !growth.isLinear;
}

/** A series as a table in Markdown: a row for each size, a column for each line, and how the lines grow below. */
export function formatSeries({ counts, sizes }: Series, lines: readonly JudgedLine[]): string {
  const rows = [
    [counts, ...lines.map(({ picture, line }) => columnTitle(picture, line))],
    ["---:", ...lines.map(() => "---:")],
    ...sizes.map((size) => [
      formatCount(size),
      ...lines.map(({ picture, points }) =>
        formatQuantity(points.find((point) => point.size === size)?.cost ?? Number.NaN, picture.unit),
      ),
    ]),
    ["*for ten times as many*", ...lines.map(formatGrowth)],
  ];
  return rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function columnTitle({ title }: Picture, { title: line }: Line): string {
  const what = title.includes("heap") ? "heap" : title.includes("time") ? "time" : "CPU";
  const per = title.startsWith("One byte") ? " of a byte" : "";
  return line === what ? line : `${line}: ${what}${per}`;
}

function formatGrowth({ isJudged, growth }: JudgedLine): string {
  const factor = `× ${growth.factor.toFixed(2)}`;
  if (!isJudged) {
    return factor;
  }
  return growth.isLinear ? `${factor}, linear` : `**${factor}, more than linear**`;
}

import { clockTime, inWords } from "./clock-time.ts";
import type { Samples } from "./history.ts";
import type { Picture } from "./picture.ts";
import { extremesOf } from "./ranges.ts";
import { UNITS } from "./record.ts";
import { lateSpans, type Span } from "./spans.ts";

/** What the picture shows, for those who do not see it. */
export function summaryOf(picture: Picture): string {
  const { samples, from, to: now, limit, unrecorded } = picture;
  const minutes = Math.round((now - from) / 60_000);
  const time = minutes === 1 ? "the last minute" : `the last ${minutes} minutes`;
  const newest = samples.at.length - 1;
  const extremes = extremesOf(samples.temperature);
  if (extremes === undefined) {
    return `No measurement in ${time}.`;
  }
  const [low, high] = extremes;
  return [
    `Temperature in ${time}: between ${low.toFixed(1)} and ${high.toFixed(1)} ${UNITS.temperature}, at the end ${(samples.temperature[newest] as number).toFixed(1)}.`,
    unrecorded === undefined ? "" : `Before ${clockTime(unrecorded.to)} nothing was recorded.`,
    limit === undefined ? "" : `The limit is ${limit} ${UNITS.temperature}.`,
    `Speed at the end: ${samples.speed[newest]} ${UNITS.speed}${changesOf(picture)}.`,
    gapsOf(picture.gaps),
    lateOf(samples),
  ]
    .filter(Boolean)
    .join(" ");
}

function changesOf({ speedChanges: changes }: Picture): string {
  const last = changes.at(-1);
  return last === undefined
    ? ""
    : `, changed ${changes.length === 1 ? "once" : `${changes.length} times`}, last at ${clockTime(last.at)}`;
}

function gapsOf(found: readonly Span[]): string {
  if (found.length === 0) {
    return "No gaps.";
  }
  const named = found.slice(-3).map(({ from, to }) => `${inWords(to - from)} from ${clockTime(from)}`);
  return `${found.length === 1 ? "One gap" : `${found.length} gaps`}: ${found.length > 3 ? "last " : ""}${named.join(", ")}.`;
}

function lateOf(samples: Samples): string {
  const count = lateSpans(samples).reduce((sum, each) => sum + each.count, 0);
  return count === 0
    ? ""
    : `${count === 1 ? "One measurement" : `${count} measurements`} came late and stand where they belong.`;
}

import { useSignal } from "@preact/signals";
import { samples } from "../data/activity.ts";
import { countOf, formatRate } from "../data/amounts.ts";
import { timeOfDay } from "../data/connection.ts";
import type { RateSample } from "../data/types.ts";
import { RateChart, rateOf } from "./rate-chart.tsx";

/** How many messages there were, second by second, as a picture and in words. */
export function RateSection() {
  const pointed = useSignal<RateSample | undefined>(undefined);
  const all = samples.value;
  return (
    <section class="card" aria-labelledby="rate">
      <h3 id="rate">Messages per second over the last five minutes</h3>
      {all.length < 2 ? (
        <p class="hint">It is measured from now on…</p>
      ) : (
        <figure class="rate">
          <RateChart samples={all} pointed={pointed} />
          <figcaption>{pointed.value === undefined ? summarise(all) : describe(pointed.value)}</figcaption>
        </figure>
      )}
    </section>
  );
}

function summarise(all: readonly RateSample[]): string {
  const last = all.at(-1);
  const most = all.reduce<RateSample | undefined>(
    (best, each) => (best === undefined || rateOf(each) > rateOf(best) ? each : best),
    undefined,
  );
  const bad = all.reduce((sum, { refused, dropped }) => sum + refused + dropped, 0);
  const now = last === undefined ? 0 : rateOf(last);
  const top = most === undefined ? "" : `, at most ${formatRate(rateOf(most))} at ${timeOfDay(most.at)}`;
  return `${formatRate(now)} now${top}. ${bad === 0 ? "Nothing was refused or dropped." : `${countOf(bad, "message")} refused or dropped (▲).`}`;
}

function describe(sample: RateSample): string {
  const { at, refused, dropped } = sample;
  const bad = [refused > 0 ? `${refused} refused` : "", dropped > 0 ? `${dropped} dropped` : ""];
  return [
    `${timeOfDay(at)}: ${formatRate(rateOf(sample))} per second`,
    ...bad.filter((part) => part !== ""),
  ].join(", ");
}

/** An answer's time, which is short. */
export function tookText(milliseconds: number): string {
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}

/**
 * How often something comes, out of the counts of the last 60 seconds; the last one is not over yet. Of what is frequent the
 * last ten seconds say more.
 */
export function rateText(perSecond: readonly number[]): string {
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const recent = sum(perSecond.slice(-11, -1));
  const minute = sum(perSecond);
  // What has only just begun has not come for ten seconds yet.
  const begun = perSecond.findIndex((count) => count > 0);
  const seconds = Math.min(10, perSecond.length - 1 - begun);
  if (minute === 0) {
    return "–";
  }
  const rate = recent >= 5 ? recent / seconds : minute / 60;
  return rate >= 10 ? `${Math.round(rate)}/s` : rate >= 0.5 ? `${rate.toFixed(1)}/s` : `${minute}/min`;
}

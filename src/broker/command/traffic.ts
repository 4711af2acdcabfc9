import type { Clock } from "../../support/clock.ts";
import type { Broker, BrokerCounters } from "../index.ts";

/** In milliseconds. */
const INTERVAL = 10_000;

/**
 * Tells every ten seconds how many events and calls there were, if there were any.
 * @returns a function that ends it.
 */
export function tellTraffic(broker: Broker, clock: Clock, tell: (line: string) => void): () => void {
  let before = broker.counters;
  let queuedBefore = 0;
  let timer: unknown;
  const schedule = () => {
    timer = clock.setTimeout(() => {
      const now = broker.counters;
      const queued = broker.queued();
      if (hasTraffic(before, now) || queued !== queuedBefore) {
        tell(describe(before, now, queued));
      }
      before = now;
      queuedBefore = queued;
      schedule();
    }, INTERVAL);
  };
  schedule();
  return () => clock.clearTimeout(timer);
}

function hasTraffic(before: BrokerCounters, now: BrokerCounters): boolean {
  return eventsOf(now) > eventsOf(before) || now.callsSent > before.callsSent;
}

function eventsOf({ eventsAccepted, eventsRefused }: BrokerCounters): number {
  return eventsAccepted + eventsRefused;
}

function describe(before: BrokerCounters, now: BrokerCounters, queued: number): string {
  const refused = now.eventsRefused - before.eventsRefused;
  return [
    `${perSecond(now.eventsAccepted - before.eventsAccepted)} events/s`,
    `${perSecond(now.callsSent - before.callsSent)} calls/s`,
    `${queued} queued`,
    ...(refused === 0 ? [] : [`${refused} refused`]),
  ].join(", ");
}

/** Of few with one decimal: none are not the same as one in two seconds. */
function perSecond(count: number): string {
  const rate = (count * 1_000) / INTERVAL;
  return rate >= 10 || Number.isInteger(rate) ? String(Math.round(rate)) : rate.toFixed(1);
}

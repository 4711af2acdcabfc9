// The counters of the plug, of what the press says and what the bus got: at each moment they add up.
import type { PressReport } from "../machines/press/report.ts";
import type { Delivery } from "../plant-state.ts";

/** What the bus got: different numbers, and how many below the highest of them never came. */
interface Arrived {
  readonly delivered: number;
  readonly missing: number;
}

/**
 * What has not arrived waits as long as the press keeps as much; the rest of it is lost. The press may keep more: what the bus has,
 * and has not answered yet, and after a crash the last one twice.
 */
export function deliveryOf(
  { published: said, kept }: PressReport,
  { delivered, missing }: Arrived,
): Delivery {
  // What the press says comes another way, and may come later than what it speaks of.
  const published = Math.max(said, delivered + missing);
  const waiting = Math.min(kept, published - delivered - missing);
  return { published, waiting, delivered, lost: published - delivered - waiting };
}

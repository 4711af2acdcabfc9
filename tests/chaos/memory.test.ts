import { describe, expect, it } from "vitest";
import { heapBound, runMemory, syncBound } from "../support/chaos/memory.ts";

const EVENTS = 50_000;

describe(`${EVENTS} publish() calls in a tight loop against a server that stalls`, () => {
  it.each([
    { caching: "cached", pace: "yield", stall: "answers nothing" },
    { caching: "uncached", pace: "yield", stall: "reads nothing" },
    { caching: "cached", pace: "sync", stall: "reads nothing" },
    { caching: "uncached", pace: "sync", stall: "answers nothing" },
  ] as const)("$caching, $pace, a server that $stall", { timeout: 120_000 }, async (variant) => {
    // With turns of the event loop this heap is enough for any number of calls.
    const maxHeap = variant.pace === "yield" ? 48 : 512;
    const figures = await runMemory({ ...variant, events: EVENTS, maxHeap });

    expect(figures.after - figures.before).toBeLessThan(heapBound(figures));
    if (variant.pace === "sync") {
      expect(figures.peak - figures.before).toBeLessThan(syncBound(figures, EVENTS));
    }
    // 1,000 in flight and 1,000 waiting, until the client is disconnected.
    expect(figures.settledBeforeDisconnect).toBe(EVENTS - 2_000);
    expect(figures.outcomes).toEqual(
      variant.caching === "cached"
        ? { EVENT_DROPPED: EVENTS - 2_000, DISCONNECTED: 2_000 }
        : { BUSY: EVENTS - 2_000, CONNECTION_LOST: 1_000, DISCONNECTED: 1_000 },
    );
    expect(figures.eventDropped).toBe(variant.caching === "cached" ? EVENTS - 2_000 : 0);
  });
});

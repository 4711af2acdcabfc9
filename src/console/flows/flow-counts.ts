import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { request } from "../data/api.ts";
import { flows } from "../data/broker-state.ts";

/** What a flow has done. */
export interface Counted {
  readonly calls: number;
  readonly errors: number;
}

const NONE: Counted = { calls: 0, errors: 0 };
/** Milliseconds between two requests, and what many flows add to it. */
const POLL_INTERVAL = 1_000;
const PER_FLOW = 1;

const counts = signal<ReadonlyMap<number, readonly Counted[]>>(new Map());

/** What one flow of an item has done, by its position. */
export function countsOf(id: number, index: number): Counted {
  return counts.value.get(id)?.[index] ?? NONE;
}

/** What all flows of an item have done. */
export function totalOf(id: number): Counted {
  return (counts.value.get(id) ?? []).reduce(
    (sum, { calls, errors }) => ({ calls: sum.calls + calls, errors: sum.errors + errors }),
    NONE,
  );
}

/** Asks for the counts again and again, as long as the view is there. */
export function usePolledCounts(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let isOver = false;
    const load = async () => {
      if (!document.hidden) {
        await request<{ id: number; counts: Counted[] }[]>("GET", "/broker/flow-counts").then(
          (all) => {
            counts.value = new Map(all.map((each) => [each.id, each.counts]));
          },
          // The page says elsewhere that the broker is away.
          () => {},
        );
      }
      if (!isOver) {
        timer = setTimeout(load, POLL_INTERVAL + PER_FLOW * flows.peek().length);
      }
    };
    void load();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, []);
}

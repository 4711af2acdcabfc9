import { effect } from "@preact/signals";
import { look } from "./api.ts";
import { refresh } from "./broker-state.ts";
import { heard, lostSince } from "./connection.ts";
import { counters, isLive } from "./trace-store.ts";

const RETRY_INTERVAL = 2_000;

/** Finds out whether the broker is there, also if it is the network that says nothing. */
export function watchConnection(): void {
  effect(() => {
    // They come at least once a second.
    if (counters.value !== undefined) {
      heard();
    }
  });
  effect(() => {
    if (!isLive.value) {
      // The stream has ended: whether the broker is gone, only its answer to a request tells.
      look("/broker/faults").catch(() => {});
    }
  });
  effect(() => {
    if (lostSince.value === undefined) {
      return;
    }
    const timer = setInterval(() => look("/broker/faults").catch(() => {}), RETRY_INTERVAL);
    return () => {
      clearInterval(timer);
      // What was shown is from before.
      void refresh();
    };
  });
}

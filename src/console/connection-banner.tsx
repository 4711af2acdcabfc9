import { state } from "./data/broker-state.ts";
import { lostSince, timeOfDay } from "./data/connection.ts";

/** Over the whole width while the broker cannot be reached: whoever looks at old values must know it. */
export function ConnectionBanner() {
  const since = lostSince.value;
  return (
    // The element stays: only changes of one that is there already are read aloud.
    <div class="banner" role="alert">
      {since !== undefined && (
        <p>
          <b>No connection to the broker since {timeOfDay(since)}.</b>{" "}
          {state.value !== undefined && "What you see is from then. "}Trying again…
        </p>
      )}
    </div>
  );
}

import { type ReadonlySignal, signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { request, servicePath } from "../data/api.ts";
import type { EventActivity, ServiceActivity } from "../data/types.ts";

/** Milliseconds between two requests, at least: a service may have thousands of events. */
const PAUSE = 1_000;

/** What a service does, as it was last heard. */
export interface Activity {
  readonly service: ServiceActivity;
  readonly events: ReadonlyMap<string, EventActivity>;
  /** What the clock of the broker is ahead of ours, in milliseconds. */
  readonly ahead: number;
}

/** The time by our clock, as often as ages are drawn. */
export const now = signal(Date.now());
setInterval(() => {
  if (!document.hidden) {
    now.value = Date.now();
  }
}, PAUSE);

/** Asks once a second what a service does, while somebody looks. */
export function useActivity(uuid: string): ReadonlySignal<Activity | undefined> {
  const activity = useSignal<Activity | undefined>(undefined);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isGone = false;
    const ask = async () => {
      const start = performance.now();
      const service = document.hidden ? undefined : await load(uuid);
      if (isGone) {
        return;
      }
      if (service !== undefined) {
        const ahead = service.time - Date.now();
        activity.value = { service, events: byId(service.events, activity.peek()?.events), ahead };
      }
      // So that neither side spends more than a part of its time on this.
      timer = setTimeout(ask, Math.max(PAUSE, 4 * (performance.now() - start)));
    };
    void ask();
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [uuid]);
  return activity;
}

/** What is gone or away is said elsewhere; what was heard last stays. */
async function load(uuid: string): Promise<ServiceActivity | undefined> {
  return request<ServiceActivity>("GET", servicePath(uuid, "/activity")).catch(() => undefined);
}

/** What was silent, and still is, stays the same object, so that it is not drawn anew. */
function byId(
  events: readonly EventActivity[],
  before: ReadonlyMap<string, EventActivity> = new Map(),
): ReadonlyMap<string, EventActivity> {
  return new Map(
    events.map((event) => {
      const known = before.get(event.eventId);
      const isSame = known?.count === event.count && known.perSecond.length + event.perSecond.length === 0;
      return [event.eventId, isSame ? known : event];
    }),
  );
}

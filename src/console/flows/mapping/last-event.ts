import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { isRecord } from "../../../support/is-record.ts";
import { request, servicePath } from "../../data/api.ts";
import type { SampleEvent } from "./preview.ts";

const POLL_INTERVAL = 2_000;

interface Activity {
  readonly last: Readonly<Record<string, unknown>> & { readonly receivedAt: number };
}

/** The last event of a service with this id, as long as the broker knows one. */
export function useLastEvent(uuid: string | undefined, eventId: string | undefined): SampleEvent | undefined {
  const last = useSignal<SampleEvent | undefined>(undefined);
  useEffect(() => {
    last.value = undefined;
    if (uuid === undefined || eventId === undefined) {
      return;
    }
    let isCurrent = true;
    const load = async () => {
      const found = await findLastEvent(uuid, eventId).catch(() => undefined);
      // The same event draws nothing anew.
      if (isCurrent && found !== undefined && found.at !== last.peek()?.at) {
        last.value = found;
      }
    };
    void load();
    const timer = setInterval(() => {
      if (!document.hidden) {
        void load();
      }
    }, POLL_INTERVAL);
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  }, [uuid, eventId]);
  return last.value;
}

async function findLastEvent(uuid: string, eventId: string): Promise<SampleEvent | undefined> {
  const path = servicePath(uuid, `/activity/${encodeURIComponent(eventId)}`);
  const { last } = await request<Activity>("GET", path);
  return isRecord(last) ? { members: last, at: last.receivedAt } : undefined;
}

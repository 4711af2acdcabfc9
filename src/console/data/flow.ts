import { useSignal, useSignalEffect } from "@preact/signals";
import { request } from "./api.ts";
import { state } from "./broker-state.ts";
import type { FlowEntry } from "./types.ts";

/** A flow with its mappings, which do not stand in the state; loaded again whenever a flow has changed. */
export function useFlow(id: number | undefined): FlowEntry | undefined {
  const loaded = useSignal<FlowEntry | undefined>(undefined);
  const revision = useSignal(0);
  useSignalEffect(() => {
    revision.value = state.value?.revision.flows ?? 0;
  });
  useSignalEffect(() => {
    void revision.value;
    let isCurrent = id !== undefined;
    if (id !== undefined) {
      request<FlowEntry>("GET", `/broker/flows/${id}`).then(
        (entry) => {
          if (isCurrent) {
            loaded.value = entry;
          }
        },
        // Removed meanwhile: the next state says so.
        () => {},
      );
    }
    return () => {
      isCurrent = false;
    };
  });
  return loaded.value;
}

import { signal } from "@preact/signals";
import type { Mapping } from "../../broker/flows/mapping.ts";
import { goTo } from "../data/route.ts";

/** A flow that is being made. */
export interface FlowDraft {
  readonly fromUuid?: string | undefined;
  readonly eventId?: string | undefined;
  readonly toUuid?: string | undefined;
  readonly functionId?: string | undefined;
  /** Of a flow that is changed: a new one takes its place. */
  readonly changed?: { readonly id: number; readonly mapping: Mapping | undefined } | undefined;
}

/** What the form for a new flow begins with; `undefined` while there is no form. */
export const draft = signal<FlowDraft | undefined>(undefined);

/** Opens the form for a new flow, on the page of the flows. */
export function startFlow(start: FlowDraft): void {
  draft.value = start;
  goTo({ view: "flows" });
}

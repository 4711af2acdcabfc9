import { signal } from "@preact/signals";

/** A flow that is being made. */
export interface FlowDraft {
  readonly fromUuid?: string | undefined;
  readonly eventId?: string | undefined;
  readonly toUuid?: string | undefined;
  readonly functionId?: string | undefined;
}

/** What the form for a new flow begins with; `undefined` while there is no form. */
export const draft = signal<FlowDraft | undefined>(undefined);

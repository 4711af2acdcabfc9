import { signal } from "@preact/signals";
import { startFlow } from "../draft.ts";
import type { Point } from "./nodes.ts";
import type { PortRef } from "./ports.ts";

/** The event that a new flow begins with; `undefined` while none is chosen. */
export const chosenEvent = signal<PortRef | undefined>(undefined);
/** Where the pointer is while a flow is drawn, in the picture. */
export const pointedAt = signal<Point | undefined>(undefined);
/** What the keyboard is at. */
export const cursor = signal<PortRef | undefined>(undefined);
/** What is said of all this, also aloud. */
export const guidance = signal("");

export function isSamePort(a: PortRef | undefined, b: PortRef): boolean {
  return a?.uuid === b.uuid && a.kind === b.kind && a.id === b.id;
}

export function chooseEvent(event: PortRef, words: string): void {
  chosenEvent.value = event;
  guidance.value = `From ${words}: now choose a function. Escape ends it.`;
}

/** The form opens, filled. */
export function chooseFunction(target: Pick<PortRef, "uuid"> & { readonly id?: string | undefined }): void {
  const from = chosenEvent.peek();
  stopConnecting();
  if (from !== undefined) {
    startFlow({ fromUuid: from.uuid, eventId: from.id, toUuid: target.uuid, functionId: target.id });
  }
}

export function stopConnecting(words = ""): void {
  chosenEvent.value = undefined;
  pointedAt.value = undefined;
  cursor.value = undefined;
  guidance.value = words;
}

import { computed, effect, signal } from "@preact/signals";
import { inAddress } from "./address.ts";
import type { TraceEntry } from "./types.ts";

/** Milliseconds: an address may be changed only so often, and a key that is held down selects faster. */
const ADDRESS_DELAY = 300;

const paused = inAddress("trace-paused");
const selectedInAddress = inAddress("trace-row");

export const isPaused = computed(() => paused.value !== undefined);
/** The key of the row that is selected. */
export const selectedKey = signal(selectedInAddress.peek());
/** Whether the pointer is over the rows. */
export const isPointedAt = signal(false);
/** Whether the last row is in sight. */
export const isAtEnd = signal(true);
/** Somebody wants to go on, whatever holds the rows: until the next thing that does. */
const isReleased = signal(false);

/** Rows that somebody looks at must not move. */
const isHeld = computed(
  () => !isReleased.value && (isPointedAt.value || selectedKey.value !== undefined || !isAtEnd.value),
);
export const isStopped = computed(() => isPaused.value || isHeld.value);
/** What came while the rows were stopped. */
export const held = signal<readonly TraceEntry[]>([]);
/** One more each time when the list should show its end. */
export const endRequests = signal(0);

effect(() => {
  const key = selectedKey.value;
  const timer = setTimeout(() => {
    selectedInAddress.value = key;
  }, ADDRESS_DELAY);
  return () => clearTimeout(timer);
});

export function select(key: string | undefined): void {
  isReleased.value = false;
  selectedKey.value = key;
}

/** The pointer moves over the rows, or somebody has scrolled away from the end. */
export function hold(): void {
  isReleased.value = false;
}

export function pause(): void {
  paused.value = "yes";
}

/** Shows what has come meanwhile, and goes on, although a row is selected or the pointer is over the rows. */
export function goOn(): void {
  isReleased.value = true;
  paused.value = undefined;
  endRequests.value += 1;
}

export function takeHeld(): readonly TraceEntry[] {
  const taken = held.peek();
  clearHeld();
  return taken;
}

export function clearHeld(): void {
  if (held.peek().length > 0) {
    held.value = [];
  }
}

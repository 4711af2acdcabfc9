import { signal } from "@preact/signals";

/** When the broker was heard last, in milliseconds since 1970, while it cannot be reached; `undefined` while it can. */
export const lostSince = signal<number | undefined>(undefined);

let lastHeard: number | undefined;

/** The broker has answered, or said something by itself. */
export function heard(): void {
  lastHeard = Date.now();
  lostSince.value = undefined;
}

/** A request got no answer at all. */
export function gotNoAnswer(): void {
  lostSince.value ??= lastHeard ?? Date.now();
}

/** The time of day, such as `21:40:28`. */
export function timeOfDay(at: number): string {
  return new Date(at).toLocaleTimeString("en-GB");
}

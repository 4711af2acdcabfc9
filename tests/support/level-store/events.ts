import type { StoreChange, StoredEvent } from "../../../src/index.ts";

export function stored(key: number, length = 1): StoredEvent {
  return { eventId: "E", message: `E {"dataObject":"${key}","padding":"${"x".repeat(length)}"}` };
}

export const put = (key: number, length?: number): StoreChange => ({
  type: "put",
  key,
  event: stored(key, length),
});

export const remove = (key: number): StoreChange => ({ type: "delete", key });

/** The whole numbers from `first` to `last`, both included. */
export function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

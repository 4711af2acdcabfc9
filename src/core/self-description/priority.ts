import type { PriorityNumber } from "../codec/index.ts";
import { type Check, check } from "../validation/checks.ts";

const PRIORITIES = { LOW: 0, MEDIUM: 1, HIGH: 2 } as const satisfies Record<string, PriorityNumber>;

/** The priority of an event: 0 or `"LOW"`, 1 or `"MEDIUM"`, 2 or `"HIGH"`. */
export type Priority = PriorityNumber | keyof typeof PRIORITIES;

const ACCEPTED: readonly unknown[] = Object.entries(PRIORITIES).flat();

export const checkPriority: Check<Priority> = check(
  (value) => ACCEPTED.includes(value),
  '0, 1, 2, "LOW", "MEDIUM" or "HIGH"',
);

export function priorityNumber(priority: Priority): PriorityNumber {
  return typeof priority === "number" ? priority : PRIORITIES[priority];
}

import * as z from "zod/v4/mini";
import type { PriorityNumber } from "../codec/index.ts";
import { mustBe } from "../validation/describe-value.ts";

const PRIORITIES = { LOW: 0, MEDIUM: 1, HIGH: 2 } as const satisfies Record<string, PriorityNumber>;

/** How urgent an event is: 0 or `"LOW"`, 1 or `"MEDIUM"`, 2 or `"HIGH"`. */
export type Priority = PriorityNumber | keyof typeof PRIORITIES;

const ACCEPTED: readonly unknown[] = [0, 1, 2, ...Object.keys(PRIORITIES)];

export const prioritySchema = z.custom<Priority>((value) => ACCEPTED.includes(value), {
  error: (issue) => mustBe('0, 1, 2, "LOW", "MEDIUM" or "HIGH"', issue.input),
});

export function priorityNumber(priority: Priority): PriorityNumber {
  return typeof priority === "number" ? priority : PRIORITIES[priority];
}

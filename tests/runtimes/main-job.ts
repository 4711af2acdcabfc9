import { describeError } from "../../src/support/errors.ts";
import type { Check, RuntimeContext } from "./case.ts";

/** The head of the column. */
const MAIN_JOB = "connects, publishes, answers calls";

/**
 * The broker's part of the main job: a service with this uuid registers, publishes `GREETED`, and answers `DOUBLE` (int32)
 * with its response event `DOUBLED`.
 * @param timeout for each step, in milliseconds
 */
export async function checkMainJob(
  { broker }: RuntimeContext,
  uuid: string,
  { name = MAIN_JOB, timeout = 60_000 }: { readonly name?: string; readonly timeout?: number } = {},
): Promise<Check> {
  try {
    if (!broker.events.some((event) => event.uuid === uuid && event.eventId === "GREETED")) {
      await broker.waitForEvent({ uuid, eventId: "GREETED" }, timeout);
    }
    const answer = await broker.callAndWait(uuid, "DOUBLE", 21, { eventId: "DOUBLED", timeout });
    const passed = answer.dataObject === 42;
    return { name, passed, detail: passed ? undefined : `DOUBLE of 21 is ${String(answer.dataObject)}` };
  } catch (error) {
    return { name, passed: false, detail: describeError(error) };
  }
}

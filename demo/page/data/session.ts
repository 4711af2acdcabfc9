// The page server is asked where everything is, and what time it is there.
import type { Session } from "../../plant-state.ts";
import { clock } from "./clock.ts";
import { forDevelopers } from "./for-developers.ts";

/** How long to wait for the page server, in milliseconds. */
const PATIENCE = 5_000;

/** Until it is asked again: it did not answer, or so slowly that its time is not known well. In milliseconds. */
export const SESSION_PAUSE = 3_000;
const SLOW = 1_000;

let isComparing = false;

/** @throws (rejects) if it does not answer. */
export async function fetchSession(): Promise<Session> {
  const askedAt = performance.now();
  const response = await fetch("session", { signal: AbortSignal.timeout(PATIENCE) });
  const session = (await response.json()) as Session;
  if (clock.compare(session.time, askedAt) > SLOW) {
    setTimeout(compareClocks, SESSION_PAUSE);
  }
  return session;
}

/** @param leap what has happened to the own clocks: if nobody knows better, the computer slept */
export async function compareClocks(leap = 0): Promise<void> {
  let assumed = Math.max(0, leap);
  if (isComparing) {
    clock.slept(assumed);
    return;
  }
  isComparing = true;
  for (;;) {
    try {
      await fetchSession();
      isComparing = false;
      return;
    } catch (error) {
      forDevelopers(error);
    }
    clock.slept(assumed);
    assumed = 0;
    await new Promise((resolve) => setTimeout(resolve, SESSION_PAUSE));
  }
}

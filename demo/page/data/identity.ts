// Who this page is to the MSB: the same service after each reload. A second tab of the same browser is the second one.
import { createUuid } from "../../../src/index.ts";

/** How long a tab waits for the place that it had: the page before a reload may not have left it yet. In milliseconds. */
const OWN_PATIENCE = 15_000;

/** How long it waits when it knows that another tab has a place, and when it hears nothing. In milliseconds. */
const PATIENCE = { taken: 500, unknown: 5_000 } as const;

/** How many tabs of a browser have a place that is kept. */
const MOST = 20;

/** Where a tab keeps which place it has. */
const OWN_PLACE = "plant-dashboard-place";

/** @returns a uuid that no other tab of this browser has, and that this browser keeps */
export async function takeIdentity(): Promise<string> {
  const own = keep("sessionStorage", OWN_PLACE, (place) => place);
  if (own !== undefined && (await take(own, true))) {
    return uuidOf(own);
  }
  for (let number = 1; number <= MOST; number += 1) {
    const place = `plant-dashboard-${number}`;
    if (place !== own && (await take(place, false))) {
      keep("sessionStorage", OWN_PLACE, () => place);
      return uuidOf(place);
    }
  }
  // This browser has no way to tell tabs apart: better a new service than none.
  return createUuid();
}

function uuidOf(place: string): string {
  return keep("localStorage", place, (uuid) => uuid ?? createUuid()) ?? createUuid();
}

/** @returns what is kept from now on; `undefined` if it is nothing, or if this browser keeps nothing */
function keep(
  storage: "localStorage" | "sessionStorage",
  name: string,
  change: (kept: string | undefined) => string | undefined,
): string | undefined {
  try {
    const value = change(window[storage].getItem(name) ?? undefined);
    if (value !== undefined) {
      window[storage].setItem(name, value);
    }
    return value;
  } catch {
    return undefined;
  }
}

/** Both ways are released by the browser itself when the page ends, however it ends. */
async function take(place: string, isOwn: boolean): Promise<boolean> {
  // By plain http from another computer there are no locks.
  if (!("locks" in navigator)) {
    return takeDatabase(place, isOwn).catch(() => false);
  }
  return (
    (await takeLock(place, { ifAvailable: true })) ||
    (isOwn && takeLock(place, { signal: AbortSignal.timeout(OWN_PATIENCE) }))
  );
}

function takeLock(place: string, options: LockOptions): Promise<boolean> {
  return new Promise((resolve) => {
    const hold = (lock: Lock | null): Promise<void> => {
      resolve(lock !== null);
      return lock === null ? Promise.resolve() : new Promise(() => undefined);
    };
    navigator.locks.request(place, options, hold).catch(() => resolve(false));
  });
}

/** A database that a page holds open lets nobody have a newer version of it. */
function takeDatabase(place: string, isOwn: boolean): Promise<boolean> {
  return new Promise((resolve) => {
    // Always newer than what another page has opened, and never the same.
    const version = Date.now() * 1_000 + Math.floor(Math.random() * 1_000);
    const request = indexedDB.open(place, version);
    let isLate = false;
    const giveUp = (): void => {
      isLate = true;
      resolve(false);
    };
    let timer = setTimeout(giveUp, isOwn ? OWN_PATIENCE : PATIENCE.unknown);
    request.addEventListener("blocked", () => {
      if (!isOwn) {
        clearTimeout(timer);
        timer = setTimeout(giveUp, PATIENCE.taken);
      }
    });
    request.addEventListener("error", () => {
      clearTimeout(timer);
      giveUp();
    });
    request.addEventListener("success", () => {
      clearTimeout(timer);
      if (isLate) {
        request.result.close();
      } else {
        held.push(request.result);
        resolve(true);
      }
    });
  });
}

/** An open database without a reference may be closed. */
const held: IDBDatabase[] = [];

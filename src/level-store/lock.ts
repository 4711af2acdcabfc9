/** Milliseconds for the page before this one, which is just being left, to let go of the lock. */
const PATIENCE = 1_000;

interface LockManagerLike {
  request(name: string, options: { signal: AbortSignal }, callback: () => Promise<void>): Promise<void>;
}

/**
 * A lock among the pages of a browser, until it is released or the page ends.
 * @returns how to release it; `undefined` if somebody else has it. If there are no locks (Node, and pages that were
 *   not loaded by https or from localhost), nobody is kept out.
 */
export async function acquireLock(name: string): Promise<(() => void) | undefined> {
  const { navigator } = globalThis as { navigator?: { locks?: LockManagerLike } };
  const locks = navigator?.locks;
  if (locks === undefined) {
    return () => {};
  }
  return new Promise((resolve) => {
    const held = (): Promise<void> => new Promise((release) => resolve(release));
    locks.request(name, { signal: AbortSignal.timeout(PATIENCE) }, held).catch(() => resolve(undefined));
  });
}

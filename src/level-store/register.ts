const KEY = Symbol.for("msb-client-websocket.stores");

/**
 * The stores that are open in this process, by their real locations. LevelDB cannot be asked: its lock of the folder is
 * lost for the whole process when anything in the process opens and closes the file of the lock, as a refused second
 * opening does. This is state of the process and not of a module, and the ESM and the CJS copy of this file share it.
 */
function openStores(): Set<string> {
  const shared = globalThis as { [KEY]?: Set<string> };
  shared[KEY] ??= new Set();
  return shared[KEY];
}

/** @returns how to give it up; `undefined` if somebody in this process has it */
export function claimLocation(location: string): (() => void) | undefined {
  const stores = openStores();
  if (stores.has(location)) {
    return undefined;
  }
  stores.add(location);
  return () => {
    stores.delete(location);
  };
}

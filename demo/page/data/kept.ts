// What was chosen in this browser, and is so again after a reload.

/** `undefined` if nothing was, if it is none of these any more, or if this browser keeps nothing. */
export function readKept<Value extends string>(name: string, allowed: readonly Value[]): Value | undefined {
  try {
    const kept = localStorage.getItem(name);
    return allowed.find((each) => each === kept);
  } catch {
    return undefined;
  }
}

/** `undefined` forgets it. A browser that keeps nothing has it until the page is left. */
export function writeKept(name: string, value: string | undefined): void {
  try {
    if (value === undefined) {
      localStorage.removeItem(name);
    } else {
      localStorage.setItem(name, value);
    }
  } catch {
    // Nothing depends on it.
  }
}

// What ends the demo: a signal, or the end of what has started it.

/** Milliseconds in which a signal again is the same one: npm hands on what the terminal has sent to all of them. */
const SAME_WISH = 2_000;
/** Milliseconds between two looks at who has started it. */
const LOOK = 500;
/** Who has started it, before anything takes time: later it may have gone already. */
const PARENT = process.ppid;

/** @param stop ends everything; it is called once */
export function endWith(stop: () => Promise<void>): void {
  let first: number | undefined;
  const end = (): void => {
    if (first === undefined) {
      first = performance.now();
      clearInterval(watch);
      void stop();
    } else if (performance.now() - first > SAME_WISH) {
      // Whoever presses Ctrl+C again after a while does not want to wait.
      process.exit(1);
    }
  };
  const watch = watchParent(end);
  // SIGHUP: the terminal was closed.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, end);
  }
}

/**
 * npm starts it by a shell. A signal for npm alone ends npm and the shell, which does not hand it on. Nobody else can hear of that:
 * whoever starts the demo without npm may leave it running on purpose.
 */
function watchParent(onEnd: () => void): NodeJS.Timeout | undefined {
  if (process.env["npm_lifecycle_event"] === undefined) {
    return undefined;
  }
  return setInterval(() => {
    if (process.ppid !== PARENT) {
      onEnd();
    }
  }, LOOK).unref();
}

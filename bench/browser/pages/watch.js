/** Watches the main thread. @returns ends it, and says how long its longest task and the longest gap between frames were */
export function watchMainThread() {
  let longestTask = 0;
  const tasks = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      longestTask = Math.max(longestTask, duration);
    }
  });
  // Tells of tasks of more than 50 ms only.
  tasks.observe({ type: "longtask" });
  let longestGap = 0;
  let last = performance.now();
  let frame = requestAnimationFrame(onFrame);
  function onFrame() {
    const now = performance.now();
    longestGap = Math.max(longestGap, now - last);
    last = now;
    frame = requestAnimationFrame(onFrame);
  }
  return async () => {
    // A task is told of after its end.
    await pause(100);
    tasks.disconnect();
    cancelAnimationFrame(frame);
    return { longestTask, longestGap };
  };
}

/**
 * Publishes at a rate for some seconds, and watches the main thread meanwhile.
 * @param publish publishes one event
 * @param settled resolves when so many events are answered
 */
export async function publishSteadily(rate, seconds, publish, settled) {
  const stop = watchMainThread();
  const started = performance.now();
  const wanted = rate * seconds;
  let sent = 0;
  while (sent < wanted) {
    await pause(10);
    const due = Math.min(wanted, Math.floor(((performance.now() - started) / 1_000) * rate));
    for (; sent < due; sent += 1) {
      publish(sent);
    }
  }
  await settled(sent);
  return stop();
}

export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

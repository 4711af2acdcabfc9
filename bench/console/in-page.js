// Measures in the console's page: put there before its own script.
(() => {
  const MOST_FRAMES = 100_000;
  // Made once: what is measured is the heap of the console.
  const gaps = new Float64Array(MOST_FRAMES);
  let frames = 0;
  let tasks = [];
  let last;
  let isWatching = false;
  new PerformanceObserver((list) => {
    if (isWatching) {
      tasks.push(...list.getEntries().map(({ duration }) => duration));
    }
  }).observe({ type: "longtask" });

  function watch(now) {
    if (!isWatching) {
      return;
    }
    if (last !== undefined && frames < MOST_FRAMES) {
      gaps[frames] = now - last;
      frames += 1;
    }
    last = now;
    requestAnimationFrame(watch);
  }

  /** Whether the service of the address is what the list and the heading show. */
  function isSelected(before) {
    const [, uuid] = /^#\/service\/(load-\d+)$/.exec(location.hash) ?? [];
    const name = uuid?.replace("load-", "Load ");
    return (
      uuid !== undefined &&
      location.hash !== before &&
      hasText("[role=listbox] [role=option][aria-selected=true]", name) &&
      hasText("main :is(h1, h2, h3)", name)
    );
  }

  function hasText(selector, text) {
    return [...document.querySelectorAll(selector)].some((element) => element.textContent.includes(text));
  }

  globalThis.consoleBench = {
    start() {
      [frames, tasks, last, isWatching] = [0, [], undefined, true];
      requestAnimationFrame(watch);
    },
    /** @returns milliseconds between frames, and those that tasks of more than 50 ms took */
    stop() {
      isWatching = false;
      return { gaps: [...gaps.subarray(0, frames)], tasks };
    },
    /** The next press of the mouse is one on a service. */
    awaitClick() {
      const before = location.hash;
      this.clicked = new Promise((resolve) => {
        const onPress = ({ timeStamp }) => {
          const look = (now) => (isSelected(before) ? resolve(now - timeStamp) : requestAnimationFrame(look));
          requestAnimationFrame(look);
        };
        addEventListener("pointerdown", onPress, { once: true, capture: true });
      });
    },
  };
})();

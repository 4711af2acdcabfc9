import { pointed } from "./crosshair.ts";

/**
 * Mouse and fingers over the plot.
 * @param timeAt of a place in CSS pixels from the left edge of the area
 * @returns what ends it
 */
export function followPointer(area: HTMLElement, timeAt: (left: number) => number): () => void {
  const listening = new AbortController();
  const on = (target: EventTarget, type: string, listener: (event: PointerEvent) => void) =>
    target.addEventListener(type, listener as EventListener, { signal: listening.signal });

  const point = ({ clientX, pointerType }: PointerEvent) => {
    const edges = area.getBoundingClientRect();
    const left = Math.min(edges.width, Math.max(0, clientX - edges.left));
    // A finger covers what it points at, which is read after it has gone: it stays where it was put.
    pointed.value = pointerType === "mouse" ? { left } : { time: timeAt(left) };
  };
  on(area, "pointermove", point);
  on(area, "pointerdown", point);
  on(area, "pointerleave", ({ pointerType }) => {
    if (pointerType === "mouse") {
      pointed.value = undefined;
    }
  });
  on(document, "pointerdown", ({ target }) => {
    if (!(target instanceof Node && area.contains(target))) {
      pointed.value = undefined;
    }
  });
  return () => listening.abort();
}

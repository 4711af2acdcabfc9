import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

interface ScrollAnchorOptions<T> {
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string | number;
  readonly rowHeight: number;
  readonly followsEnd: boolean;
}

/**
 * Keeps what is seen of a list that grows at its end and is cut at its start: the end while that is what is seen, and the
 * same rows otherwise.
 * @returns the listener of the scroller's `scroll` event.
 */
export function useScrollAnchor<T>(
  scroller: RefObject<HTMLElement | null>,
  { items, keyOf, rowHeight, followsEnd }: ScrollAnchorOptions<T>,
): () => void {
  const isAtEnd = useRef(true);
  const last = useRef(items);
  useLayoutEffect(() => {
    const element = scroller.current;
    const before = last.current;
    last.current = items;
    if (!followsEnd || element === null || before === items) {
      return;
    }
    const [first] = items;
    const dropped = first === undefined ? -1 : before.findIndex((item) => keyOf(item) === keyOf(first));
    const place = element.scrollTop;
    if (isAtEnd.current) {
      element.scrollTop = element.scrollHeight;
    } else if (dropped > 0) {
      element.scrollTop = Math.max(0, place - dropped * rowHeight);
    }
    if (element.scrollTop !== place) {
      // By itself it comes a frame later, in which there would be no rows.
      element.dispatchEvent(new Event("scroll"));
    }
  });
  return () => {
    const element = scroller.current;
    if (element !== null) {
      isAtEnd.current = element.scrollTop + element.clientHeight >= element.scrollHeight - rowHeight;
    }
  };
}

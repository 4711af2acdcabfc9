import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

interface ScrollAnchorOptions<T> {
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string | number;
  readonly rowHeight: number;
  /** Of what is seen of the list, in pixels. */
  readonly height: number;
  readonly followsEnd: boolean;
  /** The end is shown whenever this changes. */
  readonly endRequest: number;
  /** Told whether the end is in sight, when that changes. */
  readonly onEnd: ((isAtEnd: boolean) => void) | undefined;
}

/** How far down a row is looked for that is still there when the one on top of what is seen is not. */
const NEIGHBOURS = 50;

/**
 * Keeps what is seen of a list that grows, also in the middle, and is cut at its start: the end while that is what is seen, and
 * the same rows otherwise.
 * @returns the listener of the scroller's `scroll` event.
 */
export function useScrollAnchor<T>(
  scroller: RefObject<HTMLElement | null>,
  { items, keyOf, rowHeight, height, followsEnd, endRequest, onEnd }: ScrollAnchorOptions<T>,
): () => void {
  const isAtEnd = useRef(true);
  const last = useRef({ items, rowHeight, height, endRequest });
  useLayoutEffect(() => {
    const element = scroller.current;
    const before = last.current;
    last.current = { items, rowHeight, height, endRequest };
    const isEndWanted = endRequest !== before.endRequest;
    const isAsHigh = before.rowHeight === rowHeight && before.height === height;
    const isSame = isAsHigh && before.items === items;
    if (!followsEnd || element === null || (isSame && !isEndWanted)) {
      return;
    }
    // A full list, which gives up as many rows as it gets: its end is where it was. To ask for the place would cost a layout.
    if (isAtEnd.current && !isEndWanted && isAsHigh && before.items.length === items.length) {
      return;
    }
    const place = element.scrollTop;
    if (isAtEnd.current || isEndWanted) {
      element.scrollTop = element.scrollHeight;
    } else {
      const top = Math.floor(place / before.rowHeight);
      const found = findAgain(before.items, top, items, keyOf);
      const rest = place - top * before.rowHeight;
      element.scrollTop = found === undefined ? place : Math.max(0, found * rowHeight + rest);
    }
    if (element.scrollTop !== place) {
      // By itself it comes a frame later, in which there would be no rows.
      element.dispatchEvent(new Event("scroll"));
    }
  });
  useLayoutEffect(() => () => onEnd?.(true), []);
  return () => {
    const element = scroller.current;
    if (element === null) {
      return;
    }
    const isNow = element.scrollTop + element.clientHeight >= element.scrollHeight - rowHeight;
    if (isNow !== isAtEnd.current) {
      isAtEnd.current = isNow;
      onEnd?.(isNow);
    }
  };
}

/** Where the row is now that was at `top`, as if it had not moved; that of a neighbour, if it is not there any more. */
function findAgain<T>(
  before: readonly T[],
  top: number,
  items: readonly T[],
  keyOf: (item: T) => string | number,
): number | undefined {
  for (const [offset, item] of before.slice(top, top + NEIGHBOURS).entries()) {
    const key = keyOf(item);
    // Most often nothing has moved.
    const same = items[top + offset];
    const index =
      same !== undefined && keyOf(same) === key
        ? top + offset
        : items.findIndex((each) => keyOf(each) === key);
    if (index !== -1) {
      return index - offset;
    }
  }
  return undefined;
}

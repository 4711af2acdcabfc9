import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useReducer, useRef, useState } from "preact/hooks";
import { useScrollAnchor } from "./scroll-anchor.ts";

export interface VirtualListProps<T> {
  /** What it is a list of, for people who do not see it. */
  readonly label: string;
  readonly class?: string | undefined;
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string | number;
  readonly row: (item: T) => ComponentChildren;
  readonly rowClass?: ((item: T) => string) | undefined;
  /** In pixels; all rows are equally high. */
  readonly rowHeight: number;
  readonly selected: string | number | undefined;
  readonly onSelect: (item: T) => void;
  /** What a click and Enter do, if that is more than to select. */
  readonly onOpen?: ((item: T) => void) | undefined;
  /** Stays at the end while that is what is seen. */
  readonly followsEnd?: boolean | undefined;
  /** The end is shown whenever this changes. */
  readonly endRequest?: number | undefined;
  /** How many rows are drawn above and below those that are seen: for who scrolls. */
  readonly overscan?: number | undefined;
  /** Told whether the end is in sight, when that changes. */
  readonly onEnd?: ((isAtEnd: boolean) => void) | undefined;
}

/** Pixels that a pointer may move between press and release. */
const CLICK_TOLERANCE = 10;

/** A list of which only the rows that are seen are in the page. The arrow keys move the selection. */
export function VirtualList<T>(props: VirtualListProps<T>) {
  const { label, items, keyOf, row, rowClass, rowHeight, selected, onSelect } = props;
  const { followsEnd = false, endRequest = 0, overscan = 6, onEnd, onOpen } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const options = {
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => redraw(undefined),
  };
  const [virtualizer] = useState(() => new Virtualizer<HTMLDivElement, HTMLDivElement>(options));
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), []);
  useLayoutEffect(() => virtualizer._willUpdate());
  useLayoutEffect(() => virtualizer.measure(), [rowHeight]);
  const height = virtualizer.scrollRect?.height ?? 0;
  const onScroll = useScrollAnchor(scroller, {
    items,
    keyOf,
    rowHeight,
    height,
    followsEnd,
    endRequest,
    onEnd,
  });

  const current = useCurrent(items, keyOf, selected);
  const isDrawn = virtualizer.getVirtualItems().some(({ index }) => index === current);
  useEffect(() => {
    if (selected !== undefined && current !== -1) {
      virtualizer.scrollToIndex(current);
    }
  }, [selected]);
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = items[current];
    if (event.key === "Enter" && chosen !== undefined) {
      onOpen?.(chosen);
      return;
    }
    const rowsOnPage = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    const to = moveTo(event.key, current, items.length, rowsOnPage);
    const item = to === undefined ? undefined : items[to];
    if (to === undefined || item === undefined) {
      return;
    }
    event.preventDefault();
    virtualizer.scrollToIndex(to);
    onSelect(item);
  };
  // Rows may move between press and release: what was pressed is meant.
  const pressed = useRef<{ readonly item: T; readonly x: number; readonly y: number } | undefined>(undefined);
  const itemAt = ({ target }: Event) => {
    const element = target instanceof Element ? target.closest("[data-index]") : null;
    return element === null ? undefined : items[Number(element.getAttribute("data-index"))];
  };
  const onPointerDown = (event: PointerEvent) => {
    const item = itemAt(event);
    pressed.current = item === undefined ? undefined : { item, x: event.clientX, y: event.clientY };
  };
  const onClick = (event: MouseEvent) => {
    const press = pressed.current;
    pressed.current = undefined;
    const isNear =
      press !== undefined && Math.hypot(event.clientX - press.x, event.clientY - press.y) <= CLICK_TOLERANCE;
    const item = isNear ? press.item : itemAt(event);
    if (item !== undefined) {
      (onOpen ?? onSelect)(item);
    }
  };
  return (
    <div
      ref={scroller}
      role="listbox"
      class={`list ${props.class ?? ""}`}
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={isDrawn ? `${id}-${current}` : undefined}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onClick={onClick}
      onScroll={onScroll}
    >
      <div class="list-all" role="presentation" style={`height:${virtualizer.getTotalSize()}px`}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const item = items[index];
          return (
            item !== undefined && (
              // Keyed by its place: if the items move on below it, a row gets another text, and not a new element.
              // biome-ignore lint/a11y: the list keeps the focus, takes keys and clicks, and names the active option.
              <div
                key={index}
                data-index={index}
                id={`${id}-${index}`}
                role="option"
                class={`row ${index === current ? "current" : ""} ${rowClass?.(item) ?? ""}`}
                aria-selected={selected !== undefined && index === current}
                aria-posinset={index + 1}
                aria-setsize={items.length}
                style={`height:${rowHeight}px;top:${start}px`}
              >
                {row(item)}
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

/** The index of what is selected, or was selected last: there the keys go on. -1 if it is not there. */
function useCurrent<T>(
  items: readonly T[],
  keyOf: (item: T) => string | number,
  selected: string | number | undefined,
): number {
  const last = useRef({ items, key: selected, index: -1 });
  const { items: before, key: keyBefore, index: indexBefore } = last.current;
  const key = selected ?? keyBefore;
  if (key === keyBefore && items === before && indexBefore !== -1) {
    return indexBefore;
  }
  const is = (item: T) => keyOf(item) === key;
  // Most often it has moved up a little, because the list was cut at its start.
  const near = key === undefined ? -1 : items.slice(0, indexBefore + 1).findLastIndex(is);
  const index = near !== -1 || key === undefined ? near : items.findIndex(is);
  // What is gone and not selected is not looked for again.
  last.current = { items, key: index === -1 ? selected : key, index };
  return index;
}

function moveTo(key: string, current: number, count: number, rowsOnPage: number): number | undefined {
  const limit = (index: number) => Math.min(count - 1, Math.max(0, index));
  switch (key) {
    case "ArrowDown":
      return limit(current + 1);
    case "ArrowUp":
      return limit(current < 0 ? count - 1 : current - 1);
    case "PageDown":
      return limit(current + rowsOnPage);
    case "PageUp":
      return limit(current - rowsOnPage);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}

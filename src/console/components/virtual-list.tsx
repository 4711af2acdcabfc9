import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useReducer, useRef, useState } from "preact/hooks";
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
  /** Stays at the end while that is what is seen. */
  readonly followsEnd?: boolean | undefined;
}

/** A list of which only the rows that are seen are in the page. The arrow keys move the selection. */
export function VirtualList<T>(props: VirtualListProps<T>) {
  const { label, items, keyOf, row, rowClass, rowHeight, selected, onSelect, followsEnd = false } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const options = {
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index: number) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
    overscan: 6,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => redraw(undefined),
  };
  const [virtualizer] = useState(() => new Virtualizer<HTMLDivElement, HTMLDivElement>(options));
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), []);
  useLayoutEffect(() => virtualizer._willUpdate());
  const onScroll = useScrollAnchor(scroller, { items, keyOf, rowHeight, followsEnd });

  const current = selected === undefined ? -1 : items.findIndex((item) => keyOf(item) === selected);
  const onKeyDown = (event: KeyboardEvent) => {
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
  return (
    <div
      ref={scroller}
      role="listbox"
      class={`list ${props.class ?? ""}`}
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={current < 0 ? undefined : `${id}-${current}`}
      onKeyDown={onKeyDown}
      onScroll={onScroll}
    >
      <div class="list-all" role="presentation" style={`height:${virtualizer.getTotalSize()}px`}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const item = items[index];
          return (
            item !== undefined && (
              // biome-ignore lint/a11y: the list keeps the focus, takes the keys and names the active option.
              <div
                key={key}
                id={`${id}-${index}`}
                role="option"
                class={`row ${rowClass?.(item) ?? ""}`}
                aria-selected={index === current}
                aria-posinset={index + 1}
                aria-setsize={items.length}
                style={`height:${rowHeight}px;transform:translateY(${start}px)`}
                onClick={() => onSelect(item)}
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

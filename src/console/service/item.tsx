import type { ComponentChildren, TargetedEvent } from "preact";
import { useRef } from "preact/hooks";
import { isOpen, type OpenKind, setOpen } from "./view-state.ts";

interface ItemProps {
  /** Of the service. */
  readonly uuid: string;
  readonly kind: OpenKind;
  readonly id: string;
  /** What is seen while it is closed. */
  readonly summary: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A row that opens. That it is open stands in the address. */
export function Item({ uuid, kind, id, summary, children }: ItemProps) {
  const isShown = isOpen(uuid, kind, id);
  // What was typed stays when it is closed; what was never opened is not made.
  const wasShown = useRef(false);
  wasShown.current ||= isShown;
  const onToggle = ({ currentTarget }: TargetedEvent<HTMLDetailsElement>) => {
    if (currentTarget.open !== isOpen(uuid, kind, id)) {
      setOpen(uuid, kind, id, currentTarget.open);
      if (currentTarget.open) {
        showWhole(currentTarget);
      }
    }
  };
  return (
    <details class="item" open={isShown} onToggle={onToggle}>
      <summary>{summary}</summary>
      {wasShown.current && <div class="item-body">{children}</div>}
    </details>
  );
}

/** What was opened is what is wanted: it comes up as far as there is room. */
function showWhole(item: HTMLElement): void {
  const scroller = item.closest("main");
  requestAnimationFrame(() => {
    if (scroller !== null) {
      const [inner, outer] = [item.getBoundingClientRect(), scroller.getBoundingClientRect()];
      scroller.scrollTop += Math.max(0, Math.min(inner.bottom - outer.bottom, inner.top - outer.top));
    }
  });
}

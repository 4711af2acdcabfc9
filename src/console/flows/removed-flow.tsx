import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Button } from "../components/button.tsx";
import { describeProblem, request } from "../data/api.ts";
import { refresh } from "../data/broker-state.ts";

interface Removed {
  readonly id: number;
  readonly words: string;
  /** The flow that took its place, and goes when it comes back. */
  readonly successor?: number | undefined;
}

/** Milliseconds for which a flow can be brought back; they begin anew when somebody is about to. */
const SHOWN_FOR = 60_000;

const removed = signal<Removed | undefined>(undefined);
const problem = signal("");

export function offerUndo(what: Removed): void {
  problem.value = "";
  removed.value = what;
}

/** If it is still what is shown: another flow may have been removed meanwhile. */
function replace(shown: Removed, next: Removed | undefined): void {
  if (removed.peek() === shown) {
    removed.value = next;
  }
}

interface Props {
  readonly onRestored: (id: number) => void;
}

/** What has just been removed or replaced, and the way back. It is read aloud. */
export function RemovedFlow({ onRestored }: Props) {
  const what = removed.value;
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const place = useRef<HTMLDivElement>(null);
  const close = () => {
    removed.value = undefined;
  };
  const hold = () => clearTimeout(timer.current);
  const wait = () => {
    hold();
    timer.current = setTimeout(close, SHOWN_FOR);
  };
  useEffect(() => {
    if (what !== undefined) {
      wait();
      // What had the focus has gone with the flow.
      if (what.successor === undefined) {
        place.current?.querySelector("button")?.focus();
      }
    }
    return hold;
  }, [what]);
  const undo = async (undone: Removed) => {
    const { id, words } = undone;
    let shown = undone;
    try {
      if (undone.successor !== undefined) {
        await request("DELETE", `/broker/flows/${undone.successor}`);
        // It is gone, whatever comes next: a second try must not look for it.
        shown = { id, words };
        replace(undone, shown);
      }
      await request("POST", `/broker/flows/${id}/restore`);
      await refresh();
      replace(shown, undefined);
      onRestored(id);
    } catch (error) {
      if (removed.peek() === shown) {
        problem.value = describeProblem(error);
      }
    }
  };
  return (
    <div ref={place} class="toast-place" role="status">
      {what && (
        // biome-ignore lint/a11y/noStaticElementInteractions: it only waits longer while somebody is there.
        <div
          class="toast"
          onMouseEnter={hold}
          onMouseLeave={wait}
          onFocusCapture={hold}
          onBlurCapture={wait}
          onKeyDown={(event) => {
            if (event.key === "Escape") {
              close();
            }
          }}
        >
          <span>{problem.value === "" ? what.words : problem.value}</span>
          <Button class="primary" onClick={() => void undo(what)}>
            Undo
          </Button>
          <Button label="Close this message" onClick={close}>
            ✕
          </Button>
        </div>
      )}
    </div>
  );
}

import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Binding } from "../components/binding.ts";
import { Button } from "../components/button.tsx";
import { OutcomeMessage, useAction } from "../components/outcome.tsx";
import { formatNumber } from "../data/amounts.ts";
import { isFiltered } from "../data/trace-filter.ts";
import { goOn, held, isPaused, pause, select, selectedKey } from "../data/trace-hold.ts";
import { clearLines, imported, leftOut, MAX_LINES, rates, rows } from "../data/trace-store.ts";
import { TraceDetails } from "./trace-details.tsx";
import { ImportedBanner, TraceFileActions } from "./trace-file-actions.tsx";
import { TraceFilters } from "./trace-filters.tsx";
import { TraceList } from "./trace-list.tsx";

/** The live trace: below everything else, so that what an action does is seen at once. */
export function TracePanel({ isOpen }: { readonly isOpen: Binding<boolean> }) {
  return (
    <section class="trace" aria-label="Trace">
      <div class="trace-bar">
        <h2>
          <button
            type="button"
            class="link"
            aria-expanded={isOpen.value}
            onClick={() => {
              isOpen.value = !isOpen.value;
            }}
          >
            {isOpen.value ? "▾" : "▸"} Trace
          </button>
        </h2>
        {isOpen.value && <Tools />}
        <Sampling />
      </div>
      {isOpen.value && <TraceBody />}
    </section>
  );
}

function Tools() {
  const action = useAction();
  const isFilterShown = useSignal(false);
  return (
    <>
      {imported.value === undefined && (
        <>
          <PauseButton />
          <Button onClick={clearLines}>Clear</Button>
        </>
      )}
      <TraceFileActions action={action} />
      <button
        type="button"
        class="show-filters"
        aria-expanded={isFilterShown.value}
        onClick={() => {
          isFilterShown.value = !isFilterShown.value;
        }}
      >
        Filter{isFiltered.value && " (on)"}
      </button>
      <TraceFilters isShown={isFilterShown.value} />
      <OutcomeMessage action={action} />
    </>
  );
}

function TraceBody() {
  const body = useRef<HTMLDivElement>(null);
  const close = () => {
    select(undefined);
    body.current?.querySelector<HTMLElement>("[role=listbox]")?.focus();
  };
  const key = selectedKey.value;
  const isChosen = key !== undefined;
  // Not after the next frame: a key that comes sooner would be lost.
  useLayoutEffect(() => {
    // A button that had the focus, and cannot be pressed any more, leaves it to the whole page.
    const onKeyDown = (event: KeyboardEvent) => {
      const { key, target } = event;
      if (key === "Escape" && (target === document.body || body.current?.contains(target as Node) === true)) {
        close();
      }
    };
    if (isChosen) {
      document.addEventListener("keydown", onKeyDown);
    }
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [isChosen]);
  return (
    <>
      <ImportedBanner trace={imported} />
      <div ref={body} class="trace-body">
        <TraceList />
        {key !== undefined && <TraceDetails of={key} onClose={close} />}
      </div>
    </>
  );
}

function PauseButton() {
  return (
    <Button
      class={isPaused.value ? "primary" : ""}
      pressed={isPaused.value}
      onClick={isPaused.value ? goOn : pause}
    >
      {isPaused.value ? "Resume" : "Pause"}
    </Button>
  );
}

/** What is not shown is said. */
function Sampling() {
  if (imported.value !== undefined) {
    return null;
  }
  const { fitting, omitted } = rates.value;
  const parts = [
    isPaused.value ? `paused, ${formatNumber(held.value.length)} new` : undefined,
    omitted > 0
      ? `sampled: ${formatNumber(fitting - omitted)} of ${formatNumber(fitting)} per second are shown`
      : undefined,
    leftOut.value > 0 ? `${formatNumber(leftOut.value)} left out` : undefined,
    rows.value.length >= MAX_LINES ? `the last ${formatNumber(MAX_LINES)} are kept` : undefined,
  ];
  return <p class="sampling">{parts.filter((part) => part !== undefined).join(" · ")}</p>;
}

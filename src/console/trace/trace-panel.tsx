import { type Signal, useSignal } from "@preact/signals";
import { Button } from "../components/button.tsx";
import { VirtualList } from "../components/virtual-list.tsx";
import { clearLines, held, isPaused, leftOut, lines, MAX_LINES, rates, resume } from "../data/trace-store.ts";
import type { TraceEntry } from "../data/types.ts";
import { TraceDetails } from "./trace-details.tsx";
import { TraceFilters } from "./trace-filters.tsx";
import { TraceLine } from "./trace-line.tsx";

/** The live trace: below everything else, so that what an action does is seen at once. */
export function TracePanel({ isOpen }: { readonly isOpen: Signal<boolean> }) {
  const selected = useSignal<TraceEntry | undefined>(undefined);
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
        {isOpen.value && (
          <>
            <PauseButton />
            <Button onClick={clearLines}>Clear</Button>
            <TraceFilters />
          </>
        )}
        <Sampling />
      </div>
      {isOpen.value && <TraceBody selected={selected} />}
    </section>
  );
}

/** @param selected stays while the panel is closed. */
function TraceBody({ selected }: { readonly selected: Signal<TraceEntry | undefined> }) {
  const entry = selected.value;
  return (
    <div class="trace-body">
      <VirtualList
        label="Messages"
        items={lines.value}
        keyOf={keyOf}
        rowHeight={24}
        rowClass={({ level }) => level}
        followsEnd
        selected={entry && keyOf(entry)}
        onSelect={(picked) => {
          selected.value = picked;
        }}
        row={(each) => <TraceLine entry={each} />}
      />
      {lines.value.length === 0 && <p class="hint trace-empty">No message yet that fits.</p>}
      {entry && (
        <TraceDetails
          entry={entry}
          onClose={() => {
            selected.value = undefined;
          }}
        />
      )}
    </div>
  );
}

/** A broker that was started again counts from 1 again. */
function keyOf({ seq, at }: TraceEntry): string {
  return `${seq} ${at}`;
}

function PauseButton() {
  const toggle = () => {
    if (isPaused.value) {
      resume();
    } else {
      isPaused.value = true;
    }
  };
  return (
    <Button class={isPaused.value ? "primary" : ""} pressed={isPaused.value} onClick={toggle}>
      {isPaused.value ? "Resume" : "Pause"}
    </Button>
  );
}

/** What is not shown is said. */
function Sampling() {
  const { fitting, omitted } = rates.value;
  const format = (value: number) => value.toLocaleString("en");
  const parts = [
    isPaused.value ? `paused, ${format(held.value.length)} new` : undefined,
    omitted > 0
      ? `sampled: ${format(fitting - omitted)} of ${format(fitting)} a second are shown`
      : undefined,
    leftOut.value > 0 ? `${format(leftOut.value)} left out` : undefined,
    lines.value.length >= MAX_LINES ? `the last ${format(MAX_LINES)} are kept` : undefined,
  ];
  return <p class="sampling">{parts.filter((part) => part !== undefined).join(" · ")}</p>;
}

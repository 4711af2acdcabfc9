import { type Signal, useSignal } from "@preact/signals";
import { h } from "preact";
import { Button } from "../components/fields.tsx";
import { VirtualList } from "../components/virtual-list.tsx";
import { clearLines, held, isPaused, leftOut, lines, MAX_LINES, rates, resume } from "../data/trace-store.ts";
import type { TraceEntry } from "../data/types.ts";
import { TraceDetails } from "./trace-details.tsx";
import { TraceFilters } from "./trace-filters.tsx";
import { TraceLine } from "./trace-line.tsx";

/** The live trace: below everything else, so that what an action does is seen at once. */
export function TracePanel({ isOpen }: { readonly isOpen: Signal<boolean> }) {
  const selected = useSignal<TraceEntry | undefined>(undefined);
  const toggle = () => {
    isOpen.value = !isOpen.value;
  };
  return h(
    "section",
    { class: "trace", "aria-label": "Trace" },
    h(
      "div",
      { class: "trace-bar" },
      h(
        "h2",
        null,
        h(
          "button",
          { type: "button", class: "link", "aria-expanded": isOpen.value, onClick: toggle },
          isOpen.value ? "▾ " : "▸ ",
          "Trace",
        ),
      ),
      isOpen.value
        ? [h(PauseButton, null), h(Button, { onClick: clearLines }, "Clear"), h(TraceFilters, null)]
        : null,
      h(Sampling, null),
    ),
    isOpen.value
      ? h(
          "div",
          { class: "trace-body" },
          h(VirtualList<TraceEntry>, {
            label: "Messages",
            items: lines.value,
            keyOf,
            rowHeight: 24,
            rowClass: ({ level }) => level,
            followsEnd: true,
            selected: selected.value === undefined ? undefined : keyOf(selected.value),
            onSelect: (entry) => {
              selected.value = entry;
            },
            row: (entry) => h(TraceLine, { entry }),
          }),
          lines.value.length === 0
            ? h("p", { class: "hint trace-empty" }, "No message yet that fits.")
            : null,
          selected.value === undefined
            ? null
            : h(TraceDetails, {
                entry: selected.value,
                onClose: () => {
                  selected.value = undefined;
                },
              }),
        )
      : null,
  );
}

/** A broker that was started again counts from 1 again. */
function keyOf({ seq, at }: TraceEntry): string {
  return `${seq} ${at}`;
}

function PauseButton() {
  const onClick = () => {
    if (isPaused.value) {
      resume();
    } else {
      isPaused.value = true;
    }
  };
  return h(
    Button,
    { onClick, pressed: isPaused.value, class: isPaused.value ? "primary" : "" },
    isPaused.value ? "Resume" : "Pause",
  );
}

/** What is not shown is said. */
function Sampling() {
  const { fitting, omitted } = rates.value;
  const number = (value: number) => value.toLocaleString("en");
  const parts = [
    isPaused.value ? `paused, ${number(held.value.length)} new` : undefined,
    omitted > 0
      ? `sampled: ${number(fitting - omitted)} of ${number(fitting)} a second are shown`
      : undefined,
    leftOut.value > 0 ? `${number(leftOut.value)} left out` : undefined,
    lines.value.length >= MAX_LINES ? `the last ${number(MAX_LINES)} are kept` : undefined,
  ];
  return h("p", { class: "sampling" }, parts.filter((part) => part !== undefined).join(" · "));
}

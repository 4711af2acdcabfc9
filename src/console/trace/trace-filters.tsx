import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { bind } from "../components/binding.ts";
import { Button } from "../components/button.tsx";
import { TextField } from "../components/fields.tsx";
import { ServicePicker } from "../components/service-picker.tsx";
import { changeFilter, endFilter, filter, isFiltered } from "../data/trace-filter.ts";
import type { TraceKind } from "../data/types.ts";

const KINDS: readonly (readonly [label: string, title: string, kinds: readonly TraceKind[]])[] = [
  ["R", "registrations of services", ["R"]],
  ["E", "events of services", ["E"]],
  ["C", "calls of functions", ["C"]],
  ["K", "changes of the configuration", ["K"]],
  ["answers", "IO_ and NIO_ on lines of their own, not beside what they answer", ["reply"]],
  ["notes", "connections, faults, warnings", ["note"]],
  ["others", "ping, pong, unknown messages", ["ping", "pong", "other"]],
];
/** Milliseconds after which somebody has stopped typing. */
const TYPING = 250;

const uuid = bind(
  () => filter.value.uuid,
  (picked) => changeFilter({ uuid: picked }),
);

/** @param isShown on a narrow screen, where it takes much of the room. */
export function TraceFilters({ isShown }: { readonly isShown: boolean }) {
  const { kinds, contains } = filter.value;
  const typed = useSignal(contains);
  const taken = useRef(contains);
  useEffect(() => {
    // What was typed here stands in the field already, and perhaps more by now.
    if (contains !== taken.current) {
      taken.current = contains;
      typed.value = contains;
    }
  }, [contains]);
  useEffect(() => {
    if (typed.value === filter.peek().contains) {
      return;
    }
    const timer = setTimeout(() => {
      taken.current = typed.value;
      changeFilter({ contains: typed.value });
    }, TYPING);
    return () => clearTimeout(timer);
  }, [typed.value]);
  const toggle = (own: readonly TraceKind[], isOn: boolean) =>
    changeFilter({ kinds: isOn ? kinds.filter((kind) => !own.includes(kind)) : [...kinds, ...own] });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a look of its own.
    <div class={`trace-filters ${isShown ? "shown" : ""}`} role="group" aria-label="Filter">
      {/* biome-ignore lint/a11y/useSemanticElements: likewise. */}
      <div class="kinds" role="group" aria-label="Kinds">
        {KINDS.map(([label, title, own]) => {
          const isOn = own.every((kind) => kinds.includes(kind));
          return (
            <Button key={label} title={title} pressed={isOn} onClick={() => toggle(own, isOn)}>
              {label}
            </Button>
          );
        })}
      </div>
      <ServicePicker label="Service" class="quiet" placeholder="All services" signal={uuid} />
      <TextField label="Text" class="quiet" type="search" placeholder="Contains…" signal={typed} />
      {isFiltered.value && (
        <Button class="link" onClick={endFilter}>
          No filter
        </Button>
      )}
    </div>
  );
}

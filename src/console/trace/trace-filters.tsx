import { useSignal } from "@preact/signals";
import { h } from "preact";
import { useEffect } from "preact/hooks";
import { Button, TextField } from "../components/fields.tsx";
import { ServicePicker } from "../components/service-picker.tsx";
import { filter, NO_FILTER } from "../data/trace-store.ts";
import type { TraceKind } from "../data/types.ts";

const KINDS: readonly (readonly [label: string, title: string, kinds: readonly TraceKind[]])[] = [
  ["R", "registrations", ["R"]],
  ["E", "events", ["E"]],
  ["C", "calls", ["C"]],
  ["K", "configuration", ["K"]],
  ["replies", "IO_ and NIO_", ["reply"]],
  ["notes", "connections, faults, warnings", ["note"]],
  ["others", "ping, pong, unknown messages", ["ping", "pong", "other"]],
];
/** Milliseconds after which somebody has stopped typing. */
const TYPING = 250;

export function TraceFilters() {
  const { uuid, kinds, contains } = filter.value;
  const typed = useSignal(contains);
  useEffect(() => {
    typed.value = contains;
  }, [contains]);
  useEffect(() => {
    if (typed.value === filter.peek().contains) {
      return;
    }
    const timer = setTimeout(() => {
      filter.value = { ...filter.peek(), contains: typed.value };
    }, TYPING);
    return () => clearTimeout(timer);
  }, [typed.value]);
  const toggle = (own: readonly TraceKind[], isOn: boolean) => {
    const next = isOn ? kinds.filter((kind) => !own.includes(kind)) : [...kinds, ...own];
    filter.value = { ...filter.value, kinds: next };
  };
  return h(
    "div",
    { class: "trace-filters", role: "group", "aria-label": "Filter" },
    h(
      "div",
      { class: "kinds", role: "group", "aria-label": "Kinds" },
      KINDS.map(([label, title, own]) => {
        const isOn = own.every((kind) => kinds.includes(kind));
        return h(Button, { key: label, title, pressed: isOn, onClick: () => toggle(own, isOn) }, label);
      }),
    ),
    h(ServicePicker, {
      label: "Service",
      placeholder: "All services",
      uuid,
      onPick: (picked) => {
        filter.value = { ...filter.value, uuid: picked };
      },
    }),
    h(TextField, {
      label: "Text",
      class: "quiet",
      type: "search",
      placeholder: "Contains…",
      value: typed.value,
      onInput: (value: string) => {
        typed.value = value;
      },
    }),
    filter.value === NO_FILTER
      ? null
      : h(
          Button,
          {
            class: "link",
            onClick: () => {
              filter.value = NO_FILTER;
            },
          },
          "No filter",
        ),
  );
}

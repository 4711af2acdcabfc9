import { useComputed, useSignal } from "@preact/signals";
import { h } from "preact";
import { CheckField, TextField } from "../components/fields.tsx";
import { VirtualList } from "../components/virtual-list.tsx";
import { services } from "../data/broker-state.ts";
import { goTo, route } from "../data/route.ts";
import type { ServiceSummary } from "../data/types.ts";

const ROW_HEIGHT = 46;

export function ServiceList() {
  const search = useSignal("");
  const onlyConnected = useSignal(false);
  const found = useComputed(() => {
    const wanted = search.value.trim().toLowerCase();
    return services.value.filter(
      ({ name, uuid, connected }) =>
        (connected || !onlyConnected.value) &&
        (name.toLowerCase().includes(wanted) || uuid.toLowerCase().includes(wanted)),
    );
  });
  const to = route.value;
  const all = services.value.length;
  const count = found.value.length === all ? `${all}` : `${found.value.length} of ${all}`;
  return h(
    "aside",
    { class: "services", "aria-label": "Services" },
    h("h2", null, "Services ", h("small", { role: "status" }, count)),
    h(TextField, {
      label: "Search for a name or a uuid",
      class: "quiet",
      type: "search",
      placeholder: "Search",
      value: search.value,
      onInput: (value: string) => {
        search.value = value;
      },
    }),
    h(CheckField, {
      label: "Only connected",
      checked: onlyConnected.value,
      onChange: (checked: boolean) => {
        onlyConnected.value = checked;
      },
    }),
    found.value.length === 0 ? h("p", { class: "hint" }, all === 0 ? "None yet." : "No service fits.") : null,
    h(VirtualList<ServiceSummary>, {
      label: "Services",
      items: found.value,
      keyOf: ({ uuid }) => uuid,
      rowHeight: ROW_HEIGHT,
      selected: to.view === "service" ? to.uuid : undefined,
      onSelect: ({ uuid }) => goTo({ view: "service", uuid }),
      row: (service) => h(Row, { service }),
    }),
  );
}

function Row({ service }: { readonly service: ServiceSummary }) {
  const { name, uuid, connected, type, queued } = service;
  return [
    h("span", { class: `dot ${connected ? "good" : ""}`, title: connected ? "connected" : "not connected" }),
    h(
      "span",
      { class: "service-row" },
      h("span", { class: "service-name" }, name),
      h("small", null, type, " · ", uuid, connected ? null : h("span", { class: "away" }, " (away)")),
    ),
    queued > 0 ? h("span", { class: "badge", title: "calls that wait for it" }, queued) : null,
  ];
}

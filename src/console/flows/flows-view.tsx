import { useComputed, useSignal } from "@preact/signals";
import { h } from "preact";
import { Button, TextField } from "../components/fields.tsx";
import { VirtualList } from "../components/virtual-list.tsx";
import { flows } from "../data/broker-state.ts";
import type { FlowItem } from "../data/types.ts";
import { contains, describeFlow } from "./describe-flow.ts";
import { draft } from "./draft.ts";
import { FlowDetails } from "./flow-details.tsx";
import { FlowForm } from "./flow-form.tsx";
import { FlowGraph } from "./flow-graph.tsx";

/** More would be neither drawn in time, nor readable. */
const MAX_DRAWN = 60;

export function FlowsView() {
  const search = useSignal("");
  const selectedId = useSignal<number | undefined>(undefined);
  const notice = useSignal("");
  const found = useComputed(() => {
    const wanted = search.value.trim().toLowerCase();
    return wanted === "" ? flows.value : flows.value.filter((item) => contains(item, wanted));
  });
  const selected = flows.value.find(({ id }) => id === selectedId.value);
  const select = (id: number) => {
    selectedId.value = id;
  };
  return [
    h(
      "div",
      { class: "title" },
      h("h2", null, "Flows"),
      h(
        Button,
        {
          class: "primary",
          onClick: () => {
            draft.value ??= {};
          },
        },
        "New flow",
      ),
    ),
    draft.value === undefined
      ? null
      : h(FlowForm, {
          key: JSON.stringify(draft.value),
          start: draft.value,
          onAdded: (id, replaced) => {
            select(id);
            notice.value = replaced === undefined ? "" : `Flow #${id} has taken the place of #${replaced}.`;
          },
        }),
    // It stays, so that changes are read aloud.
    h("p", { class: "hint", role: "status" }, notice.value),
    flows.value.length === 0
      ? h(
          "p",
          { class: "hint" },
          "There are no flows. A flow makes each event of a service a call of a function of another one.",
        )
      : [
          h(FlowGraph, {
            items: found.value.slice(0, MAX_DRAWN),
            selectedId: selectedId.value,
            onSelect: select,
          }),
          found.value.length > MAX_DRAWN
            ? h(
                "p",
                { class: "hint" },
                `Drawn are the first ${MAX_DRAWN} of ${found.value.length} flows: search to see others.`,
              )
            : null,
          h(TextField, {
            label: "Search for a service, an event or a function",
            class: "quiet",
            type: "search",
            placeholder: "Search flows",
            value: search.value,
            onInput: (value: string) => {
              search.value = value;
            },
          }),
          h(VirtualList<FlowItem>, {
            label: "Flows",
            class: "flows",
            items: found.value,
            keyOf: ({ id }) => id,
            rowHeight: 34,
            selected: selectedId.value,
            onSelect: ({ id }) => select(id),
            row: (item) => h(Row, { item }),
          }),
          selected === undefined ? null : h(FlowDetails, { key: selected.id, item: selected }),
        ],
  ];
}

function Row({ item }: { readonly item: FlowItem }) {
  const { id, flows: parts, deployed, origin } = item;
  const [first] = parts;
  return [
    h("small", { class: "flow-id" }, `#${id}`),
    h("span", { class: "flow-name" }, first === undefined ? item.name : describeFlow(first)),
    parts.length > 1 ? h("span", { class: "badge" }, `+ ${parts.length - 1}`) : null,
    deployed ? null : h("span", { class: "badge bad" }, "stopped"),
    h("span", { class: "badge" }, origin),
  ];
}

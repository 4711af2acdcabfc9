import { useComputed, useSignal } from "@preact/signals";
import { h } from "preact";
import { useEffect } from "preact/hooks";
import { nameOf, servicesByUuid } from "../data/broker-state.ts";
import { goTo } from "../data/route.ts";
import type { FlowItem } from "../data/types.ts";
import { describeFlow } from "./describe-flow.ts";
import { type Arrow, layOut, type Port, type ServiceBox } from "./graph-layout.ts";

interface GraphProps {
  readonly items: readonly FlowItem[];
  readonly selectedId: number | undefined;
  readonly onSelect: (id: number) => void;
}

/** The flows as a picture. The list below it has the same for people who use a keyboard, or do not see it. */
export function FlowGraph({ items, selectedId, onSelect }: GraphProps) {
  // The state is loaded anew now and then; the same flows need no other picture.
  const fingerprint = JSON.stringify(items);
  const shown = useSignal(items);
  const drawn = useSignal(fingerprint);
  useEffect(() => {
    drawn.value = fingerprint;
    shown.value = items;
  }, [fingerprint]);
  const picture = useComputed(() => layOut(shown.value)).value;
  const { width, height, boxes, arrows } = picture;
  // The one that is selected lies above the others.
  const sorted = arrows.toSorted(
    (a, b) => Number(a.item.id === selectedId) - Number(b.item.id === selectedId),
  );
  return h(
    "div",
    { class: "graph" },
    h(
      "svg",
      {
        width,
        height,
        viewBox: `0 0 ${width} ${height}`,
        role: "img",
        "aria-label": `${arrows.length} flows between ${boxes.length} services`,
      },
      h(
        "defs",
        null,
        h(
          "marker",
          {
            id: "arrow",
            viewBox: "0 0 8 8",
            refX: 11.5,
            refY: 4,
            markerUnits: "userSpaceOnUse",
            markerWidth: 10,
            markerHeight: 10,
            orient: "auto",
          },
          h("path", { d: "M0,0 L8,4 L0,8 z" }),
        ),
      ),
      sorted.map((arrow) =>
        h(ArrowLine, { key: arrow.key, arrow, isSelected: arrow.item.id === selectedId, onSelect }),
      ),
      boxes.map((box) => h(Box, { key: box.uuid, box })),
    ),
  );
}

interface ArrowProps {
  readonly arrow: Arrow;
  readonly isSelected: boolean;
  readonly onSelect: (id: number) => void;
}

function ArrowLine({ arrow: { item, flow, path }, isSelected, onSelect }: ArrowProps) {
  const classes = [
    "arrow",
    isSelected ? "selected" : "",
    item.deployed ? "" : "stopped",
    flow.hasMapping ? "mapped" : "",
  ];
  return h(
    "g",
    { class: classes.join(" "), onClick: () => onSelect(item.id) },
    h("title", null, `#${item.id} ${describeFlow(flow)}`),
    // Wide, so that it can be hit.
    h("path", { class: "hit", d: path }),
    h("path", { class: "line", d: path, "marker-end": "url(#arrow)" }),
  );
}

function Box({ box }: { readonly box: ServiceBox }) {
  const { uuid, x, y, width, height, functions, events } = box;
  const isConnected = servicesByUuid.value.get(uuid)?.connected === true;
  const port = (kind: "function" | "event", { id, y: middle }: Port) =>
    h(
      "g",
      { key: `${kind} ${id}`, class: `port ${kind}` },
      h("title", null, `${kind} ${id}`),
      h("circle", { cx: kind === "event" ? x + width : x, cy: middle, r: 4 }),
      h(
        "text",
        {
          x: kind === "event" ? x + width - 12 : x + 12,
          y: middle + 4,
          "text-anchor": kind === "event" ? "end" : "start",
        },
        shorten(id, 26),
      ),
    );
  return h(
    "g",
    { class: `box ${isConnected ? "connected" : ""}` },
    h("rect", { x, y, width, height, rx: 8 }),
    h(
      "g",
      { class: "box-name", onClick: () => goTo({ view: "service", uuid }) },
      h("title", null, `${nameOf(uuid)} (${uuid}), ${isConnected ? "connected" : "not connected"}`),
      h("circle", { class: "state", cx: x + 16, cy: y + 18, r: 4 }),
      h("text", { x: x + 28, y: y + 22 }, shorten(nameOf(uuid), 24)),
    ),
    functions.map((each) => port("function", each)),
    events.map((each) => port("event", each)),
  );
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

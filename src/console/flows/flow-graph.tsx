import { useComputed, useSignal } from "@preact/signals";
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

/** The flows as a graph. The list below it has the same for people who use a keyboard, or do not see it. */
export function FlowGraph({ items, selectedId, onSelect }: GraphProps) {
  // The state is loaded anew now and then; the same flows need no other layout.
  const fingerprint = JSON.stringify(items);
  const shown = useSignal(items);
  useEffect(() => {
    shown.value = items;
  }, [fingerprint]);
  const { width, height, boxes, arrows } = useComputed(() => layOut(shown.value)).value;
  // The one that is selected lies above the others.
  const sorted = arrows.toSorted(
    (a, b) => Number(a.item.id === selectedId) - Number(b.item.id === selectedId),
  );
  return (
    <div class="graph">
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${arrows.length} flows between ${boxes.length} services`}
      >
        <defs>
          <marker
            id="arrow"
            viewBox="0 0 8 8"
            refX={11.5}
            refY={4}
            markerUnits="userSpaceOnUse"
            markerWidth={10}
            markerHeight={10}
            orient="auto"
          >
            <path d="M0,0 L8,4 L0,8 z" />
          </marker>
        </defs>
        {sorted.map((arrow) => (
          <ArrowLine
            key={arrow.key}
            arrow={arrow}
            isSelected={arrow.item.id === selectedId}
            onSelect={onSelect}
          />
        ))}
        {boxes.map((box) => (
          <Box key={box.uuid} box={box} />
        ))}
      </svg>
    </div>
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
  return (
    // biome-ignore lint/a11y: the list below is what a keyboard uses.
    <g class={classes.join(" ")} onClick={() => onSelect(item.id)}>
      <title>{`#${item.id} ${describeFlow(flow)}`}</title>
      {/* Wide, so that it can be hit. */}
      <path class="hit" d={path} />
      <path class="line" d={path} marker-end="url(#arrow)" />
    </g>
  );
}

function Box({ box }: { readonly box: ServiceBox }) {
  const { uuid, x, y, width, height, functions, events } = box;
  const isConnected = servicesByUuid.value.get(uuid)?.connected === true;
  return (
    <g class={`box ${isConnected ? "connected" : ""}`}>
      <rect x={x} y={y} width={width} height={height} rx={8} />
      {/* biome-ignore lint/a11y: the list of services is what a keyboard uses. */}
      <g class="box-name" onClick={() => goTo({ view: "service", uuid })}>
        <title>{`${nameOf(uuid)} (${uuid}), ${isConnected ? "connected" : "not connected"}`}</title>
        <circle class="state" cx={x + 16} cy={y + 18} r={4} />
        <text x={x + 28} y={y + 22}>
          {shorten(nameOf(uuid), 24)}
        </text>
      </g>
      {functions.map((port) => (
        <PortMark key={port.id} kind="function" x={x} textX={x + 12} anchor="start" port={port} />
      ))}
      {events.map((port) => (
        <PortMark key={port.id} kind="event" x={x + width} textX={x + width - 12} anchor="end" port={port} />
      ))}
    </g>
  );
}

interface PortProps {
  readonly kind: "function" | "event";
  readonly x: number;
  readonly textX: number;
  readonly anchor: "start" | "end";
  readonly port: Port;
}

function PortMark({ kind, x, textX, anchor, port: { id, y } }: PortProps) {
  return (
    <g class={`port ${kind}`}>
      <title>{`${kind} ${id}`}</title>
      <circle cx={x} cy={y} r={4} />
      <text x={textX} y={y + 4} text-anchor={anchor}>
        {shorten(id, 26)}
      </text>
    </g>
  );
}

function shorten(label: string, length: number): string {
  return label.length <= length ? label : `${label.slice(0, length - 1)}…`;
}

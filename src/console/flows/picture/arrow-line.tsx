import { useComputed } from "@preact/signals";
import { formatNumber } from "../../data/amounts.ts";
import { describeFlow, sourcesOf } from "../describe-flow.ts";
import { countsOf } from "../flow-counts.ts";
import type { FlowArrow } from "./layout.ts";

interface ArrowProps {
  readonly arrow: FlowArrow;
  readonly isSelected: boolean;
  readonly onSelect: (id: number) => void;
}

export function ArrowLine({ arrow, isSelected, onSelect }: ArrowProps) {
  const { item, flow, path, index } = arrow;
  const isFailing = useComputed(() => countsOf(item.id, index).errors > 0).value;
  const classes = [
    "arrow",
    isSelected ? "selected" : "",
    item.deployed ? "" : "stopped",
    flow.hasMapping ? "mapped" : "",
    isFailing ? "failing" : "",
    sourcesOf(flow).length > 1 ? "joined" : "",
  ];
  return (
    // biome-ignore lint/a11y: the list beside the picture is what a keyboard uses.
    <g
      class={classes.join(" ")}
      data-flow={item.id}
      onClick={(event) => {
        event.stopPropagation();
        onSelect(item.id);
      }}
    >
      <title>{titleOf(arrow)}</title>
      {/* Wide, so that it can be hit. */}
      <path class="hit" d={path} />
      <path class="line" d={path} marker-end="url(#arrow)" />
      <Figures arrow={arrow} />
    </g>
  );
}

function titleOf({ item, flow }: FlowArrow): string {
  const sources = sourcesOf(flow).length;
  const notes = [
    item.deployed ? "" : "stopped",
    flow.hasMapping ? "with a mapping" : "",
    sources > 1 ? `waits for ${sources} events` : "",
  ].filter((note) => note !== "");
  return [`#${item.id} ${describeFlow(flow)}`, ...notes].join(", ");
}

/** What the flow has done. Drawn anew by itself, because it changes every second. */
function Figures({ arrow }: { readonly arrow: FlowArrow }) {
  const { item, index, label } = arrow;
  const { calls, errors } = countsOf(item.id, index);
  if (calls === 0 && errors === 0 && item.deployed) {
    return null;
  }
  return (
    <text class="figures-of-flow" x={label.x} y={label.y - 4} text-anchor="middle">
      {!item.deployed && "stopped "}
      {formatNumber(calls)}
      {errors > 0 && <tspan class="errors"> ⚠ {formatNumber(errors)}</tspan>}
    </text>
  );
}

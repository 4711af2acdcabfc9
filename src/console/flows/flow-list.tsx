import { VirtualList } from "../components/virtual-list.tsx";
import { countOf } from "../data/amounts.ts";
import type { FlowEnds, FlowItem } from "../data/types.ts";
import { ORIGINS, wordsOf } from "./describe-flow.ts";
import { totalOf } from "./flow-counts.ts";

interface ListProps {
  readonly items: readonly FlowItem[];
  readonly selectedId: number | undefined;
  readonly onSelect: (id: number) => void;
}

const ROW_HEIGHT = 34;
const LARGE_ROW_HEIGHT = 44;

export function FlowList({ items, selectedId, onSelect }: ListProps) {
  const isCoarse = matchMedia("(pointer: coarse), (max-width: 50rem)").matches;
  return (
    <VirtualList
      label="Flows"
      class="flows"
      items={items}
      keyOf={({ id }) => id}
      rowHeight={isCoarse ? LARGE_ROW_HEIGHT : ROW_HEIGHT}
      selected={selectedId}
      onSelect={({ id }) => onSelect(id)}
      row={(item) => <Row item={item} />}
    />
  );
}

function Row({ item }: { readonly item: FlowItem }) {
  const { id, flows: parts, deployed, origin } = item;
  const [first] = parts;
  const { calls, errors } = totalOf(id);
  return (
    <>
      <small class="flow-id">#{id}</small>
      <span class="flow-name">
        {first === undefined ? <span class="flow-end">{item.name}</span> : <Ends flow={first} />}
      </span>
      {parts.length > 1 && <span class="badge">+ {parts.length - 1} more</span>}
      {!deployed && <span class="badge bad">stopped</span>}
      {errors > 0 && <span class="badge bad">{countOf(errors, "error")}</span>}
      <span class="flow-calls">{countOf(calls, "call")}</span>
      <span class="badge origin">{ORIGINS[origin][0]}</span>
    </>
  );
}

/** Each end by itself: names are cut where they end, wherever that is, and the arrow stays. */
function Ends({ flow }: { readonly flow: FlowEnds }) {
  const { from, to } = wordsOf(flow);
  return (
    <>
      <span class="flow-end">{from}</span>
      <span class="flow-arrow"> → </span>
      <span class="flow-end">{to}</span>
    </>
  );
}

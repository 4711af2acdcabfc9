import { useComputed, useSignal } from "@preact/signals";
import { Button } from "../components/button.tsx";
import { TextField } from "../components/fields.tsx";
import { VirtualList } from "../components/virtual-list.tsx";
import { flows } from "../data/broker-state.ts";
import type { FlowItem } from "../data/types.ts";
import { describeFlow, flowMatcher } from "./describe-flow.ts";
import { draft } from "./draft.ts";
import { FlowDetails } from "./flow-details.tsx";
import { FlowForm } from "./flow-form.tsx";
import { FlowGraph } from "./flow-graph.tsx";

/** More would be neither drawn in time, nor readable. */
const MAX_DRAWN = 60;

export function FlowsView() {
  const selectedId = useSignal<number | undefined>(undefined);
  const notice = useSignal("");
  const select = (id: number) => {
    selectedId.value = id;
  };
  return (
    <>
      <div class="title">
        <h2>Flows</h2>
        <Button
          class="primary"
          onClick={() => {
            draft.value ??= {};
          }}
        >
          New flow
        </Button>
      </div>
      {draft.value && (
        <FlowForm
          key={JSON.stringify(draft.value)}
          start={draft.value}
          onAdded={(id, replaced) => {
            select(id);
            notice.value = replaced === undefined ? "" : `Flow #${id} has taken the place of #${replaced}.`;
          }}
        />
      )}
      {/* It stays, so that changes are read aloud. */}
      <p class="hint" role="status">
        {notice.value}
      </p>
      {flows.value.length === 0 ? (
        <p class="hint">
          There are no flows. A flow makes each event of a service a call of a function of another one.
        </p>
      ) : (
        <Flows selectedId={selectedId.value} onSelect={select} />
      )}
    </>
  );
}

interface FlowsProps {
  readonly selectedId: number | undefined;
  readonly onSelect: (id: number) => void;
}

/** The flows that match a search, and the one that is selected. */
function Flows({ selectedId, onSelect }: FlowsProps) {
  const search = useSignal("");
  const found = useComputed(() => flows.value.filter(flowMatcher(search.value))).value;
  const selected = flows.value.find(({ id }) => id === selectedId);
  return (
    <>
      <FlowGraph items={found.slice(0, MAX_DRAWN)} selectedId={selectedId} onSelect={onSelect} />
      {found.length > MAX_DRAWN && (
        <p class="hint">
          Drawn are the first {MAX_DRAWN} of {found.length} flows: search to see others.
        </p>
      )}
      <TextField
        label="Search for a service, an event or a function"
        class="quiet"
        type="search"
        placeholder="Search flows"
        signal={search}
      />
      <VirtualList
        label="Flows"
        class="flows"
        items={found}
        keyOf={({ id }) => id}
        rowHeight={34}
        selected={selectedId}
        onSelect={({ id }) => onSelect(id)}
        row={(item) => <Row item={item} />}
      />
      {selected && <FlowDetails key={selected.id} item={selected} />}
    </>
  );
}

function Row({ item }: { readonly item: FlowItem }) {
  const { id, flows: parts, deployed, origin } = item;
  const [first] = parts;
  return (
    <>
      <small class="flow-id">#{id}</small>
      <span class="flow-name">{first === undefined ? item.name : describeFlow(first)}</span>
      {parts.length > 1 && <span class="badge">+ {parts.length - 1}</span>}
      {!deployed && <span class="badge bad">stopped</span>}
      <span class="badge">{origin}</span>
    </>
  );
}

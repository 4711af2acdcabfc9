import { useComputed } from "@preact/signals";
import { bind } from "../components/binding.ts";
import { TextField } from "../components/fields.tsx";
import { inAddress } from "../data/address.ts";
import { formatNumber } from "../data/amounts.ts";
import { flows, services } from "../data/broker-state.ts";
import { serviceMatcher } from "../data/service-search.ts";
import { flowMatcher, sourcesOf } from "./describe-flow.ts";
import { draft } from "./draft.ts";
import { usePolledCounts } from "./flow-counts.ts";
import { FlowDetails } from "./flow-details.tsx";
import { FlowForm } from "./flow-form.tsx";
import { FlowList } from "./flow-list.tsx";
import { FlowGraph } from "./picture/flow-graph.tsx";
import { offerUndo, RemovedFlow } from "./removed-flow.tsx";

const selected = inAddress("flow");
const search = inAddress("flow-search");
const place = inAddress("flow-place");

export function FlowsView() {
  usePolledCounts();
  const select = (id: number | undefined) => {
    selected.value = id === undefined ? undefined : String(id);
  };
  const item = flows.value.find(({ id }) => String(id) === selected.value);
  return (
    <div class="flows-view">
      <div class="title">
        <h2>Flows</h2>
        <TextField
          label="Search for a service, an event or a function"
          class="quiet"
          type="search"
          placeholder="Search flows and services"
          signal={bind(
            () => search.value ?? "",
            (typed) => {
              search.value = typed === "" ? undefined : typed;
            },
          )}
        />
        <button
          type="button"
          id="new-flow"
          class="primary"
          onClick={() => {
            draft.value ??= {};
          }}
        >
          New flow
        </button>
      </div>
      <div class={`flows-parts ${draft.value ? "making" : item ? "choosing" : ""}`}>
        <Found selectedId={item?.id} onSelect={select} />
        {draft.value ? (
          <FlowForm
            key={JSON.stringify(draft.value)}
            start={draft.value}
            onAdded={(id, replaced) => {
              select(id);
              if (replaced !== undefined) {
                const words = `Flow #${id} has taken the place of #${replaced}.`;
                offerUndo({ id: replaced, words, successor: id });
              }
            }}
          />
        ) : (
          item && <FlowDetails key={item.id} item={item} onClose={() => select(undefined)} />
        )}
      </div>
      <RemovedFlow onRestored={select} />
    </div>
  );
}

interface FoundProps {
  readonly selectedId: number | undefined;
  readonly onSelect: (id: number) => void;
}

/** The flows that match a search, as a picture and as a list. */
function Found({ selectedId, onSelect }: FoundProps) {
  const found = useComputed(() => {
    const typed = search.value ?? "";
    // One that was brought back comes last from the broker.
    const matching = flows.value.filter(flowMatcher(typed)).toSorted((a, b) => a.id - b.id);
    const ends = new Set(
      matching.flatMap((item) =>
        item.flows.flatMap((flow) => [flow.to.uuid, ...sourcesOf(flow).map(({ uuid }) => uuid)]),
      ),
    );
    const isFitting = serviceMatcher(typed);
    const shown = services.value.filter((service) => ends.has(service.uuid) || isFitting(service));
    return { matching, shown };
  }).value;
  const { matching, shown } = found;
  if (flows.value.length === 0 && services.value.length === 0) {
    return (
      <p class="hint">
        There are no flows, and no services yet. A flow turns each event of one service into a function call
        of another.
      </p>
    );
  }
  return (
    <div class="flows-found">
      <FlowGraph
        items={matching}
        services={shown}
        selectedId={selectedId}
        onSelect={onSelect}
        place={place.peek()}
        onPlace={(seen) => {
          place.value = seen;
        }}
      />
      {flows.value.length === 0 ? (
        <p class="hint">
          There are no flows. A flow turns each event of one service into a function call of another.
        </p>
      ) : (
        <>
          {matching.length < flows.value.length && (
            <p class="hint">
              {formatNumber(matching.length)} of {formatNumber(flows.value.length)} flows fit the search.
            </p>
          )}
          <FlowList items={matching} selectedId={selectedId} onSelect={onSelect} />
        </>
      )}
    </div>
  );
}

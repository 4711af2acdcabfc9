import { useComputed, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { bind } from "../components/binding.ts";
import { CheckField, SelectField, TextField } from "../components/fields.tsx";
import { VirtualList } from "../components/virtual-list.tsx";
import { activity, activityByUuid } from "../data/activity.ts";
import { inAddress } from "../data/address.ts";
import { formatAge, formatNumber, formatRate } from "../data/amounts.ts";
import { services } from "../data/broker-state.ts";
import { goTo, route } from "../data/route.ts";
import { ORDERS, type Order, order, sortBy, sortedServices } from "../data/service-order.ts";
import { serviceMatcher } from "../data/service-search.ts";
import type { ServiceSummary } from "../data/types.ts";
import { ServiceColumnHeads, ServiceColumns } from "./service-columns.tsx";

const ROW_HEIGHT = 46;

const searched = inAddress("services");
const search = bind(
  () => searched.value ?? "",
  (typed) => {
    searched.value = typed === "" ? undefined : typed;
  },
);
const limited = inAddress("connected");
const onlyConnected = bind(
  () => limited.value === "only",
  (isOn) => {
    limited.value = isOn ? "only" : undefined;
  },
);
const orderField = bind<Order>(() => order.value, sortBy);

interface ServiceListProps {
  /** Whether it has all the room: then its rows have columns, if the screen is not a phone's. */
  readonly isTable?: boolean;
}

export function ServiceList({ isTable = false }: ServiceListProps) {
  const found = useComputed(() => {
    const matches = serviceMatcher(search.value);
    const isWanted = onlyConnected.value;
    return sortedServices.value.filter((service) => (service.connected || !isWanted) && matches(service));
  });
  const { items, hold, release } = useHeldOrder(found.value);
  const to = route.value;
  const all = services.value.length;
  // The keys step through a table; beside a view they choose what it shows.
  const pointedAt = useSignal<string | undefined>(undefined);
  const open = ({ uuid }: ServiceSummary) => goTo({ view: "service", uuid });
  const point = ({ uuid }: ServiceSummary) => {
    pointedAt.value = uuid;
  };
  const count =
    found.value.length === all
      ? formatNumber(all)
      : `${formatNumber(found.value.length)} of ${formatNumber(all)}`;
  return (
    <>
      <h2>
        Services <small role="status">{count}</small>
      </h2>
      <TextField
        label="Search for a name or a uuid"
        class="quiet"
        type="search"
        placeholder="Search"
        signal={search}
      />
      <div class="list-controls">
        <CheckField label="Only connected" signal={onlyConnected} />
        <SelectField label="Sort services by" class="quiet" signal={orderField} choices={ORDERS} />
      </div>
      {isTable && <ServiceColumnHeads />}
      {found.value.length === 0 && <p class="hint">{all === 0 ? "None yet." : "No matching service."}</p>}
      <div class="list-place" onPointerEnter={hold} onPointerLeave={release}>
        <VirtualList
          label="Services"
          items={items}
          keyOf={({ uuid }) => uuid}
          rowHeight={ROW_HEIGHT}
          selected={isTable ? pointedAt.value : to.view === "service" ? to.uuid : undefined}
          onSelect={isTable ? point : open}
          onOpen={isTable ? open : undefined}
          rowClass={isTable ? () => "service-columns" : undefined}
          row={(service) => <Row service={service} isTable={isTable} />}
        />
      </div>
    </>
  );
}

/** While the pointer is over a list that sorts itself anew, its rows stay where they are: who clicks means the row that is seen. */
function useHeldOrder(found: readonly ServiceSummary[]) {
  const held = useRef<ReadonlyMap<string, number> | undefined>(undefined);
  const places = held.current;
  const place = ({ uuid }: ServiceSummary) => places?.get(uuid) ?? Number.POSITIVE_INFINITY;
  return {
    items:
      places === undefined
        ? found
        : found.toSorted((a, b) => Math.min(place(a), 1e9) - Math.min(place(b), 1e9)),
    hold: () => {
      held.current =
        order.value === "name" ? undefined : new Map(found.map(({ uuid }, index) => [uuid, index]));
    },
    release: () => {
      held.current = undefined;
    },
  };
}

function Row({ service, isTable }: { readonly service: ServiceSummary; readonly isTable: boolean }) {
  const { name, uuid, connected, type } = service;
  const active = activityByUuid.value.get(uuid);
  const queued = active?.queued ?? service.queued;
  return (
    <>
      <span class={`dot ${connected ? "good" : ""}`} title={connected ? "connected" : "away"} />
      <span class="service-row">
        <span class="service-name">{name}</span>
        <small>
          <span class="row-type">{type} · </span>
          {uuid}
          {!connected && <span class="away"> (away)</span>}
        </small>
      </span>
      {queued > 0 && (
        <span class="badge" title="calls that wait for it">
          {queued}
          <span class="badge-word"> waiting</span>
        </span>
      )}
      {active && <Figure rate={active.rate} lastSeen={active.lastSeen} />}
      {isTable && <ServiceColumns service={service} />}
    </>
  );
}

function Figure({ rate, lastSeen }: { readonly rate: number; readonly lastSeen: number }) {
  return (
    <small class="row-figure">
      {order.value === "seen" || rate < 0.05
        ? formatAge((activity.value?.time ?? lastSeen) - lastSeen)
        : `${formatRate(rate)}/s`}
    </small>
  );
}

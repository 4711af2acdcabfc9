import { useComputed, useSignal } from "@preact/signals";
import { CheckField, TextField } from "../components/fields.tsx";
import { VirtualList } from "../components/virtual-list.tsx";
import { services } from "../data/broker-state.ts";
import { goTo, route } from "../data/route.ts";
import { serviceMatcher } from "../data/service-search.ts";
import type { ServiceSummary } from "../data/types.ts";

const ROW_HEIGHT = 46;

export function ServiceList() {
  const search = useSignal("");
  const onlyConnected = useSignal(false);
  const found = useComputed(() => {
    const matches = serviceMatcher(search.value);
    return services.value.filter(
      (service) => (service.connected || !onlyConnected.value) && matches(service),
    );
  });
  const to = route.value;
  const all = services.value.length;
  const count = found.value.length === all ? `${all}` : `${found.value.length} of ${all}`;
  return (
    <aside class="services" aria-label="Services">
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
      <CheckField label="Only connected" signal={onlyConnected} />
      {found.value.length === 0 && <p class="hint">{all === 0 ? "None yet." : "No service fits."}</p>}
      <VirtualList
        label="Services"
        items={found.value}
        keyOf={({ uuid }) => uuid}
        rowHeight={ROW_HEIGHT}
        selected={to.view === "service" ? to.uuid : undefined}
        onSelect={({ uuid }) => goTo({ view: "service", uuid })}
        row={(service) => <Row service={service} />}
      />
    </aside>
  );
}

function Row({ service }: { readonly service: ServiceSummary }) {
  const { name, uuid, connected, type, queued } = service;
  return (
    <>
      <span class={`dot ${connected ? "good" : ""}`} title={connected ? "connected" : "not connected"} />
      <span class="service-row">
        <span class="service-name">{name}</span>
        <small>
          {type} · {uuid}
          {!connected && <span class="away"> (away)</span>}
        </small>
      </span>
      {queued > 0 && (
        <span class="badge" title="calls that wait for it">
          {queued}
        </span>
      )}
    </>
  );
}

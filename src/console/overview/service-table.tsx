import { ServiceLink } from "../components/service-link.tsx";
import { activity, activityByUuid } from "../data/activity.ts";
import { formatAge, formatNumber, formatRate } from "../data/amounts.ts";
import { services } from "../data/broker-state.ts";
import { pathOf } from "../data/route.ts";
import { type Order, order, sortBy, sortedServices } from "../data/service-order.ts";
import type { ServiceSummary } from "../data/types.ts";

/** The others are in the list of services. */
const MAX_ROWS = 10;

const COLUMNS: readonly (readonly [order: Order, label: string])[] = [
  ["name", "Service"],
  ["rate", "Messages/s"],
  ["queue", "Waiting calls"],
  ["seen", "Last seen"],
];

/** The first services in the order that was chosen; the heads of the columns choose it. */
export function ServiceTable() {
  const all = services.value.length;
  return (
    <section class="card beside" aria-labelledby="services-table">
      <h3 id="services-table">Services</h3>
      <table class="service-table">
        <thead>
          <tr>
            {COLUMNS.map(([by, label]) => (
              <th key={by} scope="col" aria-sort={sortOf(by)}>
                <button type="button" onClick={() => sortBy(by)}>
                  {label}
                  <span aria-hidden="true">{order.value === by ? (by === "name" ? " ↑" : " ↓") : ""}</span>
                </button>
              </th>
            ))}
            <th scope="col" class="wide-only">
              Refused
            </th>
          </tr>
        </thead>
        <tbody>
          {sortedServices.value.slice(0, MAX_ROWS).map((service) => (
            <Row key={service.uuid} service={service} />
          ))}
        </tbody>
      </table>
      {all > MAX_ROWS && (
        <p>
          <a href={pathOf({ view: "services" })}>All {formatNumber(all)} services</a>
        </p>
      )}
    </section>
  );
}

function sortOf(by: Order): "ascending" | "descending" | undefined {
  return order.value === by ? (by === "name" ? "ascending" : "descending") : undefined;
}

function Row({ service }: { readonly service: ServiceSummary }) {
  const { uuid, connected, type } = service;
  const active = activityByUuid.value.get(uuid);
  const lastSeen = active?.lastSeen ?? service.lastSeen;
  const now = activity.value?.time ?? lastSeen;
  return (
    <tr>
      <th scope="row">
        <ServiceLink uuid={uuid} />
        <small>
          <span class={`dot ${connected ? "good" : ""}`} /> {connected ? "connected" : "away"} · {type}
        </small>
      </th>
      <td>{formatRate(active?.rate ?? 0)}</td>
      <td>{formatNumber(active?.queued ?? service.queued)}</td>
      <td>{formatAge(now - lastSeen)}</td>
      <td class="wide-only">{formatNumber(active?.refused ?? 0)}</td>
    </tr>
  );
}

import { computed } from "@preact/signals";
import { activityByUuid } from "./activity.ts";
import { inAddress } from "./address.ts";
import { services } from "./broker-state.ts";
import type { ServiceSummary } from "./types.ts";

/** What services can be sorted by. */
export const ORDERS = [
  ["name", "by name"],
  ["rate", "by messages/s"],
  ["queue", "by waiting calls"],
  ["seen", "by last seen"],
] as const;
export type Order = (typeof ORDERS)[number][0];

const chosen = inAddress("sort");

export const order = computed<Order>(() => ORDERS.find(([each]) => each === chosen.value)?.[0] ?? "name");

export function sortBy(to: Order): void {
  chosen.value = to === "name" ? undefined : to;
}

/** The services in the order that was chosen: those with the most, or seen last, come first. */
export const sortedServices = computed<readonly ServiceSummary[]>(() => {
  const by = order.value;
  if (by === "name") {
    return services.value;
  }
  const values = new Map(services.value.map((service) => [service.uuid, amountOf(service, by)]));
  // Those with the same value stay sorted by their names.
  return services.value.toSorted((a, b) => (values.get(b.uuid) ?? 0) - (values.get(a.uuid) ?? 0));
});

function amountOf({ uuid, queued, lastSeen }: ServiceSummary, by: Exclude<Order, "name">): number {
  const active = activityByUuid.value.get(uuid);
  switch (by) {
    case "rate":
      return active?.rate ?? 0;
    case "queue":
      return active?.queued ?? queued;
    case "seen":
      return active?.lastSeen ?? lastSeen;
  }
}

import { h } from "preact";
import { Button } from "../components/fields.tsx";
import { JsonValue } from "../components/json-text.tsx";
import { servicesByUuid } from "../data/broker-state.ts";
import { useDetails } from "../data/details.ts";
import { filter, NO_FILTER } from "../data/trace-store.ts";
import type { ServiceDetails } from "../data/types.ts";
import { FaultControls } from "../faults/fault-controls.tsx";
import { Configuration } from "./configuration.tsx";
import { Forget } from "./forget.tsx";
import { EventItem, FunctionItem } from "./interface-items.tsx";

export function ServiceView({ uuid }: { readonly uuid: string }) {
  const { details, problem } = useDetails(uuid);
  if (problem !== undefined) {
    return h("p", { class: "outcome bad", role: "status" }, problem);
  }
  return details === undefined ? h("p", { class: "hint" }, "Asking the broker…") : h(Service, { details });
}

function Service({ details }: { readonly details: ServiceDetails }) {
  const { uuid, name, selfDescription } = details;
  const { events, functions, configuration, services } = selfDescription;
  const parameters = Object.entries(configuration?.parameters ?? {});
  return [
    h(Identity, { details }),
    h(
      "section",
      { class: "card" },
      h("h3", null, `Events (${events?.length ?? 0})`),
      events?.map((event) => h(EventItem, { key: event.eventId, uuid, event })),
      h("h3", null, `Functions (${functions?.length ?? 0})`),
      functions?.map((each) =>
        h(FunctionItem, { key: each.functionId, uuid, described: each, events: events ?? [] }),
      ),
    ),
    parameters.length === 0 ? null : h(Configuration, { uuid, parameters }),
    h(
      "section",
      { class: "card" },
      h("h3", null, "Faults"),
      h("p", { class: "hint" }, `Tests what ${name} does in bad times.`),
      h(FaultControls, { uuid }),
    ),
    services === undefined || services === null
      ? null
      : h("p", { class: "hint" }, `A gateway with ${services.length} services.`),
    h(
      "details",
      { class: "card" },
      h("summary", null, "Self-description as JSON"),
      h(JsonValue, { value: selfDescription }),
    ),
  ];
}

function Identity({ details }: { readonly details: ServiceDetails }) {
  const { uuid, name, type, description, framing, connectionId, gateway } = details;
  // What the list knows is newer than what was loaded.
  const { connected, queued, lifecycleState, lastSeen } = servicesByUuid.value.get(uuid) ?? details;
  const fact = (term: string, text: string | number) => [h("dt", null, term), h("dd", null, text)];
  return h(
    "section",
    { class: "card identity" },
    h(
      "h2",
      null,
      name,
      h("span", { class: `badge ${connected ? "good" : ""}` }, connected ? "connected" : "away"),
      h("span", { class: "badge" }, lifecycleState),
    ),
    description === "" ? null : h("p", null, description),
    h(
      "dl",
      null,
      fact("uuid", uuid),
      fact("type", type),
      fact("connection", `${connectionId}, ${framing === "sockjs" ? "SockJS" : "raw"} framing`),
      fact(connected ? "registered" : "last seen", new Date(lastSeen).toLocaleString()),
      gateway === undefined ? null : fact("gateway", gateway),
      queued === 0 ? null : fact("waiting calls", queued),
    ),
    h(
      "div",
      { class: "actions" },
      h(
        Button,
        {
          onClick: () => {
            filter.value = { ...NO_FILTER, uuid };
          },
        },
        "Trace only this service",
      ),
    ),
    h(Forget, { uuid, connected }),
  );
}

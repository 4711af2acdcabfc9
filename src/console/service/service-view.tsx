import type { ReadonlySignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Button } from "../components/button.tsx";
import { JsonValue } from "../components/json.tsx";
import { countOf } from "../data/amounts.ts";
import { useServiceDetails } from "../data/answers.ts";
import { servicesByUuid } from "../data/broker-state.ts";
import { showOnly } from "../data/trace-store.ts";
import type { ServiceDetails } from "../data/types.ts";
import { FaultControls } from "../faults/fault-controls.tsx";
import { isolate } from "../format/isolate.ts";
import { type Activity, useActivity } from "./activity.ts";
import { Configuration } from "./configuration.tsx";
import { ConnectionFacts, Warnings } from "./connection.tsx";
import { EventItem } from "./event-item.tsx";
import { Forget } from "./forget.tsx";
import { FunctionItem } from "./function-item.tsx";
import { forgetOpen } from "./view-state.ts";

export function ServiceView({ uuid }: { readonly uuid: string }) {
  const { value: details, problem } = useServiceDetails(uuid);
  const activity = useActivity(uuid);
  useEffect(() => forgetOpen, []);
  if (problem !== undefined) {
    return (
      <p class="outcome bad" role="status">
        {problem}
      </p>
    );
  }
  return details === undefined ? (
    <p class="hint">Asking the broker…</p>
  ) : (
    <Service details={details} activity={activity} />
  );
}

interface ServiceProps {
  readonly details: ServiceDetails;
  readonly activity: ReadonlySignal<Activity | undefined>;
}

/** What is looked at and done most comes first, facts about the service after it. */
function Service({ details, activity }: ServiceProps) {
  const { uuid, name, selfDescription } = details;
  const { configuration, services } = selfDescription;
  const events = selfDescription.events ?? [];
  const functions = selfDescription.functions ?? [];
  const parameters = Object.entries(configuration?.parameters ?? {});
  return (
    <>
      <Heading details={details} activity={activity} />
      <div class="beside-each-other">
        <section class="card items">
          <h3>Events ({events.length})</h3>
          {events.length === 0 && <p class="hint">It publishes none.</p>}
          {events.length > 0 && (
            <div class="item-head" aria-hidden="true">
              <span>Event</span>
              <span>Last value</span>
              <span>Age</span>
              <span>Rate</span>
              <span>Last minute</span>
            </div>
          )}
          {events.map((event) => (
            <EventItem key={event.eventId} uuid={uuid} event={event} activity={activity} />
          ))}
          <h3>Functions ({functions.length})</h3>
          {functions.length === 0 && <p class="hint">It has none that could be called.</p>}
          {functions.map((each) => (
            <FunctionItem key={each.functionId} uuid={uuid} described={each} events={events} />
          ))}
        </section>
        <div>
          {parameters.length > 0 && <Configuration uuid={uuid} parameters={parameters} />}
          <section class="card">
            <h3>Connection and queue</h3>
            <ConnectionFacts details={details} activity={activity} />
            {services && <p class="hint">A gateway with {countOf(services.length, "service")} behind it.</p>}
            <Forget uuid={uuid} connected={isConnected(details)} />
          </section>
          <section class="card">
            <h3>Faults</h3>
            <p class="hint">Shows how {name} copes when things go wrong.</p>
            <FaultControls uuid={uuid} />
          </section>
          <details class="card">
            <summary>Self-description as JSON</summary>
            <JsonValue value={selfDescription} />
          </details>
        </div>
      </div>
    </>
  );
}

/** What the list knows is newer than what was loaded. */
function isConnected(details: ServiceDetails): boolean {
  return (servicesByUuid.value.get(details.uuid) ?? details).connected;
}

function Heading({ details, activity }: ServiceProps) {
  const { uuid, name, description } = details;
  const connected = isConnected(details);
  return (
    <header class="identity">
      <h2>
        {isolate(name)}
        <span class={`badge ${connected ? "good" : ""}`}>{connected ? "connected" : "away"}</span>
      </h2>
      {description !== "" && <p class="hint">{description}</p>}
      <Button onClick={() => showOnly({ uuid })}>Trace only this service</Button>
      <Warnings activity={activity} />
    </header>
  );
}

import { Button } from "../components/button.tsx";
import { JsonValue } from "../components/json.tsx";
import { useServiceDetails } from "../data/answers.ts";
import { servicesByUuid } from "../data/broker-state.ts";
import { showOnly } from "../data/trace-store.ts";
import type { ServiceDetails } from "../data/types.ts";
import { FaultControls } from "../faults/fault-controls.tsx";
import { Configuration } from "./configuration.tsx";
import { Forget } from "./forget.tsx";
import { EventItem, FunctionItem } from "./interface-items.tsx";

export function ServiceView({ uuid }: { readonly uuid: string }) {
  const { value: details, problem } = useServiceDetails(uuid);
  if (problem !== undefined) {
    return (
      <p class="outcome bad" role="status">
        {problem}
      </p>
    );
  }
  return details === undefined ? <p class="hint">Asking the broker…</p> : <Service details={details} />;
}

function Service({ details }: { readonly details: ServiceDetails }) {
  const { uuid, name, selfDescription } = details;
  const { configuration, services } = selfDescription;
  const events = selfDescription.events ?? [];
  const functions = selfDescription.functions ?? [];
  const parameters = Object.entries(configuration?.parameters ?? {});
  return (
    <>
      <Identity details={details} />
      <section class="card">
        <h3>Events ({events.length})</h3>
        {events.map((event) => (
          <EventItem key={event.eventId} uuid={uuid} event={event} />
        ))}
        <h3>Functions ({functions.length})</h3>
        {functions.map((each) => (
          <FunctionItem key={each.functionId} uuid={uuid} described={each} events={events} />
        ))}
      </section>
      {parameters.length > 0 && <Configuration uuid={uuid} parameters={parameters} />}
      <section class="card">
        <h3>Faults</h3>
        <p class="hint">Tests what {name} does in bad times.</p>
        <FaultControls uuid={uuid} />
      </section>
      {services && <p class="hint">A gateway with {services.length} services.</p>}
      <details class="card">
        <summary>Self-description as JSON</summary>
        <JsonValue value={selfDescription} />
      </details>
    </>
  );
}

function Identity({ details }: { readonly details: ServiceDetails }) {
  const { uuid, name, type, description, framing, connectionId, gateway } = details;
  // What the list knows is newer than what was loaded.
  const { connected, queued, lifecycleState, lastSeen } = servicesByUuid.value.get(uuid) ?? details;
  return (
    <section class="card identity">
      <h2>
        {name}
        <span class={`badge ${connected ? "good" : ""}`}>{connected ? "connected" : "away"}</span>
        <span class="badge">{lifecycleState}</span>
      </h2>
      {description !== "" && <p>{description}</p>}
      <dl>
        <Fact term="uuid" value={uuid} />
        <Fact term="type" value={type} />
        <Fact
          term="connection"
          value={`${connectionId}, ${framing === "sockjs" ? "SockJS" : "raw"} framing`}
        />
        <Fact term={connected ? "registered" : "last seen"} value={new Date(lastSeen).toLocaleString()} />
        {gateway !== undefined && <Fact term="gateway" value={gateway} />}
        {queued > 0 && <Fact term="waiting calls" value={queued} />}
      </dl>
      <div class="actions">
        <Button onClick={() => showOnly({ uuid })}>Trace only this service</Button>
      </div>
      <Forget uuid={uuid} connected={connected} />
    </section>
  );
}

function Fact({ term, value }: { readonly term: string; readonly value: string | number }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </>
  );
}

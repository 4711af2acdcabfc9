import { useEffect } from "preact/hooks";
import { HighlightedJson } from "./components/json.tsx";
import { refresh, services, state } from "./data/broker-state.ts";
import { counters } from "./data/trace-store.ts";

const COUNTERS = [
  ["messagesIn", "messages received"],
  ["messagesOut", "messages sent"],
  ["registrations", "registrations"],
  ["registrationsRefused", "registrations refused"],
  ["eventsAccepted", "events accepted"],
  ["eventsRefused", "events refused"],
  ["callsSent", "calls sent"],
  ["callsQueued", "calls queued"],
  ["callsDropped", "calls dropped"],
] as const;
const REFRESH_INTERVAL = 5_000;

export function Overview() {
  // Figures such as the memory change although nothing else does.
  useEffect(() => {
    const timer = setInterval(() => void refresh(), REFRESH_INTERVAL);
    return () => clearInterval(timer);
  }, []);
  const known = state.value;
  if (known === undefined) {
    return <p class="hint">Asking the broker…</p>;
  }
  const counted = counters.value ?? known.counters;
  const isEmpty = services.value.length === 0;
  return (
    <>
      {isEmpty && <Welcome url={known.url} />}
      <h2>{isEmpty ? "Since it started" : `Broker at ${known.url}`}</h2>
      <div class="tiles">
        {COUNTERS.map(([name, label]) => (
          <Tile key={name} value={counted[name].toLocaleString("en")} label={label} />
        ))}
        <Tile value={known.connections.length.toLocaleString("en")} label="connections now" />
        <Tile value={`${Math.round(known.memory.rss / 1e6)} MB`} label="memory" />
        <Tile value={formatUptime(known.uptime)} label="since it started" />
      </div>
      <p class="hint">
        The REST interface of the broker is described at <a href="/v3/api-docs">/v3/api-docs</a>.
      </p>
    </>
  );
}

function Tile({ value, label }: { readonly value: string; readonly label: string }) {
  return (
    <div class="tile">
      <b>{value}</b>
      <span>{label}</span>
    </div>
  );
}

function Welcome({ url }: { readonly url: string }) {
  const example = `const client = new MsbClient({ type: "SmartObject", uuid: crypto.randomUUID(), name: "Press 7", description: "…", token: "press7" });
await client.connect(${JSON.stringify(url)});
await client.register();`;
  return (
    <section class="card">
      <h2>No service has registered yet</h2>
      <p>
        Connect a client to <code>{url}</code>. It appears on the left as soon as it registers.
      </p>
      <HighlightedJson json={example} />
    </section>
  );
}

function formatUptime(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

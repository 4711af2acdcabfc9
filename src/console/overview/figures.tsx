import { activity } from "../data/activity.ts";
import { formatNumber } from "../data/amounts.ts";
import { connectedCount, services } from "../data/broker-state.ts";
import { lostSince, timeOfDay } from "../data/connection.ts";
import { counters, rates } from "../data/trace-store.ts";
import type { BrokerState } from "../data/types.ts";

const COUNTERS = [
  ["messagesIn", "messages received"],
  ["messagesOut", "messages sent"],
  ["eventsAccepted", "events accepted"],
  ["eventsRefused", "events refused"],
  ["registrations", "registrations"],
  ["registrationsRefused", "registrations refused"],
  ["callsSent", "calls sent"],
  ["callsQueued", "calls that had to wait"],
  ["callsDropped", "calls dropped"],
  ["connections", "connections"],
] as const;

interface FiguresProps {
  readonly known: BrokerState;
}

/** How it is now: large, because it is what one looks at. */
export function Now({ known }: FiguresProps) {
  const waiting = activity.value?.services.reduce((sum, { queued }) => sum + queued, 0) ?? 0;
  const since = lostSince.value;
  return (
    <section class="whole" aria-labelledby="now">
      <h3 id="now">{since === undefined ? "Now" : `At ${timeOfDay(since)}`}</h3>
      <div class="tiles">
        <Tile
          value={`${formatNumber(connectedCount.value)} of ${formatNumber(services.value.length)}`}
          label="services connected"
        />
        <Tile
          value={since === undefined ? formatNumber(rates.value.messages) : "–"}
          label="messages per second"
        />
        <Tile value={formatNumber(waiting)} label="calls waiting" />
        <Tile value={formatNumber(known.connections.length)} label="connections" />
        <Tile value={`${Math.round(known.memory.rss / 1e6)} MB`} label="memory" />
      </div>
    </section>
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

/** What has been counted since the start: a plain list, which only grows. */
export function Totals({ known }: FiguresProps) {
  const counted = counters.value ?? known.counters;
  return (
    <section class="card" aria-labelledby="totals">
      <h3 id="totals">
        Since it started <small>{formatUptime(known.uptime)} ago</small>
      </h3>
      <dl class="totals">
        {COUNTERS.map(([name, label]) => (
          <div key={name}>
            <dt>{label}</dt>
            <dd>{formatNumber(counted[name])}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function formatUptime(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

import { activity, activityByUuid } from "../data/activity.ts";
import { formatAge, formatNumber, formatRate } from "../data/amounts.ts";
import { type Order, order, sortBy } from "../data/service-order.ts";
import type { ServiceSummary } from "../data/types.ts";

/** Where a list has all the room, its rows have columns; the heads of some sort it. */
const COLUMNS: readonly (readonly [label: string, by?: Order])[] = [
  ["Service", "name"],
  ["Class"],
  ["Events"],
  ["Functions"],
  ["Messages/s", "rate"],
  ["Waiting calls", "queue"],
  ["Refused"],
  ["Last seen", "seen"],
];

export function ServiceColumnHeads() {
  return (
    <div class="service-columns service-heads">
      {COLUMNS.map(([label, by]) =>
        by === undefined ? (
          <span key={label} aria-hidden="true">
            {label}
          </span>
        ) : (
          <button
            key={label}
            type="button"
            class="link"
            aria-pressed={order.value === by}
            onClick={() => sortBy(by)}
          >
            <span class="unseen">Sort by </span>
            {label}
            <span aria-hidden="true">{order.value === by ? (by === "name" ? " ↑" : " ↓") : ""}</span>
          </button>
        ),
      )}
    </div>
  );
}

/** What stands in the columns after the name. */
export function ServiceColumns({ service }: { readonly service: ServiceSummary }) {
  const { uuid, type, counts, queued, lastSeen } = service;
  const active = activityByUuid.value.get(uuid);
  const seen = active?.lastSeen ?? lastSeen;
  const age = formatAge((activity.value?.time ?? seen) - seen);
  const waiting = active?.queued ?? queued;
  const refused = active?.refused ?? 0;
  return (
    <>
      <span class="column words">{type}</span>
      <Column value={formatNumber(counts.events)} words={counts.events === 1 ? "event" : "events"} />
      <Column
        value={formatNumber(counts.functions)}
        words={counts.functions === 1 ? "function" : "functions"}
      />
      <Column value={formatRate(active?.rate ?? 0)} words="messages per second" />
      <Column value={formatNumber(waiting)} words="waiting" tone={waiting > 0 ? "warn" : undefined} />
      <Column value={formatNumber(refused)} words="refused" tone={refused > 0 ? "bad" : undefined} />
      <span class="column">
        <span class="unseen">seen </span>
        {age}
      </span>
    </>
  );
}

interface ColumnProps {
  readonly value: string;
  /** For those who do not see the head of the column. */
  readonly words: string;
  readonly tone?: "warn" | "bad" | undefined;
}

function Column({ value, words, tone = undefined }: ColumnProps) {
  return (
    <span class={`column ${tone ?? ""}`}>
      {value}
      <span class="unseen"> {words}, </span>
    </span>
  );
}

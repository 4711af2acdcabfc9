import { useEffect } from "preact/hooks";
import { watchHistory } from "../data/activity.ts";
import { refresh, services, state } from "../data/broker-state.ts";
import { pathOf } from "../data/route.ts";
import { Now, Totals } from "./figures.tsx";
import { RateSection } from "./rate-section.tsx";
import { ServiceTable } from "./service-table.tsx";
import { Troubles } from "./troubles.tsx";
import { Verdict } from "./verdict.tsx";
import { Welcome } from "./welcome.tsx";

const REFRESH_INTERVAL = 5_000;

/** Whether it is well, first; then what is going on now, and at the end what has been counted since the start. */
export function Overview() {
  // Figures such as the memory change although nothing else does.
  useEffect(() => {
    const timer = setInterval(() => void refresh(), REFRESH_INTERVAL);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => watchHistory(), []);
  const known = state.value;
  if (known === undefined) {
    return (
      <>
        <h2>Overview</h2>
        <p class="hint">Asking the broker…</p>
      </>
    );
  }
  const isEmpty = services.value.length === 0;
  return (
    <div class="overview">
      <Verdict />
      {isEmpty && <Welcome url={known.url} />}
      <Troubles />
      <Now known={known} />
      <RateSection />
      {!isEmpty && <ServiceTable />}
      <Totals known={known} />
      <p class="hint whole">
        The broker at <code>{known.url}</code> can also be asked by programs:{" "}
        <a href={pathOf({ view: "api" })}>its REST interface</a>.
      </p>
    </div>
  );
}

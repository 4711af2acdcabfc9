import type { ComponentChildren } from "preact";
import { mainPart } from "./components/focus-keeper.ts";
import { Icon } from "./components/icon.tsx";
import { troubleCount } from "./data/activity.ts";
import { formatNumber } from "./data/amounts.ts";
import { connectedCount, faults, flows } from "./data/broker-state.ts";
import { lostSince } from "./data/connection.ts";
import { pathOf, route } from "./data/route.ts";
import { isLive, rates } from "./data/trace-store.ts";
import { describeFaults } from "./faults/describe-faults.ts";

export function Header() {
  const problems = troubleCount.value;
  const inForce = describeFaults(faults.value).length;
  return (
    <header class="top">
      {/* biome-ignore lint/a11y/useValidAnchor: a link that only skips, because the address is the route's. */}
      <a class="skip" href="#main" onClick={skip}>
        Skip to the content
      </a>
      <h1>MSB broker</h1>
      <nav class="views" aria-label="Views">
        <ViewLink view="overview">
          Overview
          {problems > 0 && (
            <span class="count">
              {problems}
              <span class="unseen"> {problems === 1 ? "problem" : "problems"}</span>
            </span>
          )}
        </ViewLink>
        <ViewLink view="services">Services</ViewLink>
        <ViewLink view="flows">
          Flows <span class="wide-only">({formatNumber(flows.value.length)})</span>
        </ViewLink>
        <ViewLink view="trace">Trace</ViewLink>
        <ViewLink view="faults">
          Faults
          {inForce > 0 && <span class="count phone-only">{inForce}</span>}
        </ViewLink>
      </nav>
      <Figures />
      <ActiveFaultsHint />
    </header>
  );
}

interface ViewLinkProps {
  readonly view: "overview" | "services" | "flows" | "trace" | "faults";
  readonly children: ComponentChildren;
}

function ViewLink({ view, children }: ViewLinkProps) {
  const shown = route.value.view;
  const isCurrent = shown === view || (view === "services" && shown === "service");
  return (
    <a href={pathOf({ view })} aria-current={isCurrent ? (shown === view ? "page" : "true") : undefined}>
      <Icon name={view} />
      <span>{children}</span>
    </a>
  );
}

function skip(event: Event): void {
  event.preventDefault();
  mainPart()?.focus();
}

function Figures() {
  const isThere = isLive.value && lostSince.value === undefined;
  return (
    <p class="figures">
      <span>
        <b>{formatNumber(connectedCount.value)}</b> connected
      </span>
      <span>
        <b>{formatNumber(rates.value.messages)}</b> messages/s
      </span>
      <span class="live" role="status">
        <span class={`dot ${isThere ? "good" : "bad"}`} />
        {isThere ? "live" : "not connected"}
      </span>
    </p>
  );
}

function ActiveFaultsHint() {
  const { length } = describeFaults(faults.value);
  return (
    length > 0 && (
      <a class="fault-hint" href={pathOf({ view: "faults" })}>
        {length} {length === 1 ? "fault" : "faults"} in force
      </a>
    )
  );
}

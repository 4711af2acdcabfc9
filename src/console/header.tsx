import { faults, flows, services } from "./data/broker-state.ts";
import { pathOf, route } from "./data/route.ts";
import { isLive, rates } from "./data/trace-store.ts";
import { describeFaults } from "./faults/describe-faults.ts";

export function Header() {
  return (
    <header class="top">
      {/* biome-ignore lint/a11y/useValidAnchor: a link that only skips, because the address is the route's. */}
      <a class="skip" href="#main" onClick={skip}>
        Skip to the content
      </a>
      <h1>MSB broker</h1>
      <nav aria-label="Views">
        <ViewLink view="overview" label="Overview" />
        <ViewLink view="flows" label={`Flows (${flows.value.length})`} />
        <ViewLink view="faults" label="Faults" />
      </nav>
      <Figures />
      <ActiveFaultsHint />
    </header>
  );
}

interface ViewLinkProps {
  readonly view: "overview" | "flows" | "faults";
  readonly label: string;
}

function ViewLink({ view, label }: ViewLinkProps) {
  return (
    <a href={pathOf({ view })} aria-current={route.value.view === view ? "page" : undefined}>
      {label}
    </a>
  );
}

function skip(event: Event): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

function Figures() {
  const connected = services.value.filter((service) => service.connected).length;
  return (
    <p class="figures">
      <span>
        <b>{connected}</b> connected
      </span>
      <span>
        <b>{rates.value.messages.toLocaleString("en")}</b> messages/s
      </span>
      <span class="live" role="status">
        <span class={`dot ${isLive.value ? "good" : "bad"}`} />
        {isLive.value ? "live" : "not connected"}
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

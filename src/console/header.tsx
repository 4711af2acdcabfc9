import { h } from "preact";
import { faults, flows, services } from "./data/broker-state.ts";
import { pathOf, type Route, route } from "./data/route.ts";
import { isLive, rates } from "./data/trace-store.ts";
import { describeFaults } from "./faults/describe-faults.ts";

export function Header() {
  return h(
    "header",
    { class: "top" },
    h("a", { class: "skip", href: "#main", onClick: skip }, "Skip to the content"),
    h("h1", null, "MSB broker"),
    h("nav", { "aria-label": "Views" }, [
      link("overview", "Overview"),
      link("flows", `Flows (${flows.value.length})`),
      link("faults", "Faults"),
    ]),
    h(Figures, null),
    h(ActiveFaultsHint, null),
  );
}

function link(view: "overview" | "flows" | "faults", text: string) {
  const to: Route = { view };
  return h("a", { href: pathOf(to), "aria-current": route.value.view === view ? "page" : undefined }, text);
}

/** Not by the address, which is the route's. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

function Figures() {
  const connected = services.value.filter((service) => service.connected).length;
  return h(
    "p",
    { class: "figures" },
    h("span", null, h("b", null, connected), " connected"),
    h("span", null, h("b", null, rates.value.messages.toLocaleString("en")), " messages/s"),
    h(
      "span",
      { class: "live", role: "status" },
      h("span", { class: `dot ${isLive.value ? "good" : "bad"}` }),
      isLive.value ? "live" : "not connected",
    ),
  );
}

function ActiveFaultsHint() {
  const active = describeFaults(faults.value);
  return active.length === 0
    ? null
    : h(
        "a",
        { class: "fault-hint", href: pathOf({ view: "faults" }) },
        `${active.length} ${active.length === 1 ? "fault" : "faults"} in force`,
      );
}

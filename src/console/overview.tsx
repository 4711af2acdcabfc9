import { h } from "preact";
import { useEffect } from "preact/hooks";
import { JsonText } from "./components/json-text.tsx";
import { refresh, services, state } from "./data/broker-state.ts";
import { counters } from "./data/trace-store.ts";

const FIGURES = [
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

export function Overview() {
  // Figures such as the memory change although nothing else does.
  useEffect(() => {
    const timer = setInterval(() => void refresh(), 5_000);
    return () => clearInterval(timer);
  }, []);
  const known = state.value;
  if (known === undefined) {
    return h("p", { class: "hint" }, "Asking the broker…");
  }
  const counted = counters.value ?? known.counters;
  const tile = (value: string, text: string) =>
    h("div", { class: "tile" }, h("b", null, value), h("span", null, text));
  return [
    services.value.length === 0 ? h(Welcome, { url: known.url }) : null,
    h("h2", null, services.value.length === 0 ? "Since it started" : `Broker at ${known.url}`),
    h(
      "div",
      { class: "tiles" },
      FIGURES.map(([name, text]) => tile(counted[name].toLocaleString("en"), text)),
      tile(known.connections.length.toLocaleString("en"), "connections now"),
      tile(`${Math.round(known.memory.rss / 1e6)} MB`, "memory"),
      tile(minutes(known.uptime), "since it started"),
    ),
    h(
      "p",
      { class: "hint" },
      "The REST interface of the broker is described at ",
      h("a", { href: "/v3/api-docs" }, "/v3/api-docs"),
      ".",
    ),
  ];
}

function Welcome({ url }: { readonly url: string }) {
  return h(
    "section",
    { class: "card" },
    h("h2", null, "No service has registered yet"),
    h(
      "p",
      null,
      "Connect a client to ",
      h("code", null, url),
      ". It appears on the left as soon as it registers.",
    ),
    h(JsonText, {
      text: `const client = new MsbClient({ type: "SmartObject", uuid: crypto.randomUUID(), name: "Press 7", description: "…", token: "press7" });\nawait client.connect(${JSON.stringify(url)});\nawait client.register();`,
    }),
  );
}

function minutes(milliseconds: number): string {
  const all = Math.floor(milliseconds / 60_000);
  return all < 60 ? `${all} min` : `${Math.floor(all / 60)} h ${all % 60} min`;
}

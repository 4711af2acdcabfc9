import { signal } from "@preact/signals";

const VIEWS = ["overview", "services", "flows", "trace", "faults", "api"] as const;
export type View = (typeof VIEWS)[number];

/** What the page shows; it stands in the address, so that it can be kept and sent. */
export type Route = { readonly view: View } | { readonly view: "service"; readonly uuid: string };

export const route = signal<Route>(readRoute());

for (const event of ["hashchange", "popstate"]) {
  // Going back to an address with another query is no change of the hash, not even if that is another one.
  addEventListener(event, () => {
    const to = readRoute();
    if (pathOf(to) !== pathOf(route.peek())) {
      route.value = to;
    }
  });
}

export function pathOf(to: Route): string {
  return to.view === "service" ? `#/service/${encodeURIComponent(to.uuid)}` : `#/${to.view}`;
}

export function goTo(to: Route): void {
  location.hash = pathOf(to);
}

function readRoute(): Route {
  const [, name, rest] = /^#\/(\w+)(?:\/(.*))?$/.exec(location.hash) ?? [];
  if (name === "service" && rest !== undefined) {
    try {
      return { view: "service", uuid: decodeURIComponent(rest) };
    } catch {
      // Somebody has changed the address.
    }
  }
  return { view: VIEWS.find((view) => view === name) ?? "overview" };
}

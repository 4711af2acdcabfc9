import { signal } from "@preact/signals";

/** What the page shows; it stands in the address, so that it can be kept and sent. */
export type Route =
  | { readonly view: "overview" | "flows" | "faults" }
  | { readonly view: "service"; readonly uuid: string };

export const route = signal<Route>(readRoute());

addEventListener("hashchange", () => {
  route.value = readRoute();
});

export function pathOf(to: Route): string {
  return to.view === "service" ? `#/service/${encodeURIComponent(to.uuid)}` : `#/${to.view}`;
}

export function goTo(to: Route): void {
  location.hash = pathOf(to);
}

function readRoute(): Route {
  const [, view, rest] = /^#\/(\w+)(?:\/(.*))?$/.exec(location.hash) ?? [];
  if (view === "service" && rest !== undefined) {
    try {
      return { view, uuid: decodeURIComponent(rest) };
    } catch {
      // Somebody has changed the address.
    }
  }
  return { view: view === "flows" || view === "faults" ? view : "overview" };
}

import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { mainPart } from "./components/focus-keeper.ts";
import { nameOf } from "./data/broker-state.ts";
import { pathOf, route, type View } from "./data/route.ts";

const TITLES: Readonly<Record<View, string>> = {
  overview: "Overview",
  services: "Services",
  flows: "Flows",
  trace: "Trace",
  faults: "Faults",
  api: "REST interface",
};

/** The document's title says where one is, and another view begins at its top. */
export function useOrientation(): void {
  const to = route.value;
  const title = to.view === "service" ? nameOf(to.uuid) : TITLES[to.view];
  useEffect(() => {
    document.title = `${title} · MSB broker`;
  }, [title]);
  const isScrolled = useRef(false);
  useEffect(() => {
    const onScroll = ({ target }: Event) => {
      if (target instanceof Element && target === mainPart()) {
        isScrolled.current = target.scrollTop > 0;
      }
    };
    document.addEventListener("scroll", onScroll, { capture: true, passive: true });
    return () => document.removeEventListener("scroll", onScroll, { capture: true });
  }, []);
  useLayoutEffect(() => {
    // Where nobody has scrolled, it would only have the browser lay out the page once more.
    if (isScrolled.current) {
      isScrolled.current = false;
      mainPart()?.scrollTo({ top: 0 });
    }
  }, [pathOf(to)]);
}

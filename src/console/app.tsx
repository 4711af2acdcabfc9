import { useSignal } from "@preact/signals";
import { h } from "preact";
import { needsToken } from "./data/api.ts";
import { route } from "./data/route.ts";
import { FaultsView } from "./faults/faults-view.tsx";
import { FlowsView } from "./flows/flows-view.tsx";
import { Header } from "./header.tsx";
import { Overview } from "./overview.tsx";
import { ServiceList } from "./service/service-list.tsx";
import { ServiceView } from "./service/service-view.tsx";
import { TokenForm } from "./token-form.tsx";
import { TracePanel } from "./trace/trace-panel.tsx";

export function App() {
  const isTraceOpen = useSignal(true);
  if (needsToken.value) {
    return h(TokenForm, null);
  }
  return h(
    "div",
    { class: `page ${isTraceOpen.value ? "trace-open" : ""}` },
    h(Header, null),
    h(ServiceList, null),
    h("main", { id: "main", tabIndex: -1 }, h(View, null)),
    h(TracePanel, { isOpen: isTraceOpen }),
  );
}

function View() {
  const to = route.value;
  switch (to.view) {
    case "service":
      return h(ServiceView, { key: to.uuid, uuid: to.uuid });
    case "flows":
      return h(FlowsView, null);
    case "faults":
      return h(FaultsView, null);
    case "overview":
      return h(Overview, null);
  }
}

import { useSignal } from "@preact/signals";
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
    return <TokenForm />;
  }
  return (
    <div class={`page ${isTraceOpen.value ? "trace-open" : ""}`}>
      <Header />
      <ServiceList />
      <main id="main" tabIndex={-1}>
        <View />
      </main>
      <TracePanel isOpen={isTraceOpen} />
    </div>
  );
}

function View() {
  const to = route.value;
  switch (to.view) {
    case "service":
      return <ServiceView key={to.uuid} uuid={to.uuid} />;
    case "flows":
      return <FlowsView />;
    case "faults":
      return <FaultsView />;
    case "overview":
      return <Overview />;
  }
}

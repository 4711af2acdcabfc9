import { useEffect } from "preact/hooks";
import { ApiView } from "./api/api-view.tsx";
import { QuestionDialog } from "./components/question.tsx";
import { ConnectionBanner } from "./connection-banner.tsx";
import { needsToken } from "./data/api.ts";
import { lostSince } from "./data/connection.ts";
import { route } from "./data/route.ts";
import { FaultsView } from "./faults/faults-view.tsx";
import { FlowsView } from "./flows/flows-view.tsx";
import { Header } from "./header.tsx";
import { useOrientation } from "./orientation.ts";
import { Overview } from "./overview/overview.tsx";
import { ServiceList } from "./service/service-list.tsx";
import { ServiceView } from "./service/service-view.tsx";
import { TokenForm } from "./token-form.tsx";
import { isTraceOpen } from "./trace/open.ts";
import { TracePanel } from "./trace/trace-panel.tsx";

export function App() {
  const { view } = route.value;
  useOrientation();
  useEffect(() => {
    if (view === "trace") {
      isTraceOpen.value = true;
    }
  }, [view]);
  if (needsToken.value) {
    return <TokenForm />;
  }
  return (
    <div
      class={`page ${isTraceOpen.value ? "trace-open" : ""} ${lostSince.value === undefined ? "" : "lost"}`}
      data-view={view}
    >
      <Header />
      <ConnectionBanner />
      {view !== "services" && (
        <aside class="services" aria-label="Services">
          <ServiceList />
        </aside>
      )}
      {view !== "trace" && (
        <main id="main" tabIndex={-1}>
          <View />
        </main>
      )}
      <div class="trace-place" {...(view === "trace" ? { role: "main", tabIndex: -1 } : {})}>
        <TracePanel isOpen={isTraceOpen} />
      </div>
      <QuestionDialog />
    </div>
  );
}

function View() {
  const to = route.value;
  switch (to.view) {
    case "service":
      return <ServiceView key={to.uuid} uuid={to.uuid} />;
    case "services":
      return <ServiceList isTable />;
    case "flows":
      return <FlowsView />;
    case "faults":
      return <FaultsView />;
    case "api":
      return <ApiView />;
    default:
      return <Overview />;
  }
}

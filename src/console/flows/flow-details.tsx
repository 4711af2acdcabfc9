import { Fragment } from "preact";
import { Button } from "../components/button.tsx";
import { JsonValue } from "../components/json.tsx";
import { OutcomeMessage, useAction } from "../components/outcome.tsx";
import { ServiceLink } from "../components/service-link.tsx";
import { useFlow } from "../data/answers.ts";
import { request } from "../data/api.ts";
import type { FlowEnds, FlowItem } from "../data/types.ts";
import { sourcesOf } from "./describe-flow.ts";

const ORIGINS = { code: "code", file: "the flows file", rest: "REST, or this page" } as const;

export function FlowDetails({ item }: { readonly item: FlowItem }) {
  const { id, name, flows, deployed, origin, hasDocument } = item;
  const { value: entry } = useFlow(flows.some(({ hasMapping }) => hasMapping) ? id : undefined);
  const action = useAction();
  const remove = () =>
    action.run(async () => {
      await request("DELETE", `/broker/flows/${id}`);
      return undefined;
    });
  const deploy = () =>
    action.run(async () => {
      await request("PUT", `/integrationFlow/${id}/${deployed ? "undeploy" : "deploy"}`);
      return { message: deployed ? "Stopped." : "Started." };
    });
  return (
    <section class="card" aria-label={`Flow ${id}`}>
      <h3>
        #{id} {name}
      </h3>
      <p class="hint">
        Made by {ORIGINS[origin]}
        {hasDocument && ", as a flow document"}; {deployed ? "runs" : "is stopped"}.
      </p>
      {flows.map((flow, index) => [
        <Ends key="ends" flow={flow} />,
        flow.hasMapping && entry && <JsonValue key="mapping" value={entry.flows[index]?.mapping} />,
      ])}
      <div class="actions">
        <Button onClick={deploy}>{deployed ? "Stop" : "Start"}</Button>
        <Button class="danger" onClick={remove}>
          Remove
        </Button>
      </div>
      <OutcomeMessage action={action} />
    </section>
  );
}

function Ends({ flow }: { readonly flow: FlowEnds }) {
  return (
    <p>
      {sourcesOf(flow).map(({ uuid, eventId }, index) => (
        <Fragment key={`${uuid} ${eventId}`}>
          {index > 0 && " and "}
          <ServiceLink uuid={uuid} /> · <code>{eventId}</code>
        </Fragment>
      ))}
      {" → "}
      <ServiceLink uuid={flow.to.uuid} /> · <code>{flow.to.functionId}</code>
    </p>
  );
}

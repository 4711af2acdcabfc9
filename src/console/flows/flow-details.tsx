import { h } from "preact";
import { Button } from "../components/fields.tsx";
import { JsonValue } from "../components/json-text.tsx";
import { OutcomeText, useAction } from "../components/outcome.tsx";
import { request } from "../data/api.ts";
import { nameOf } from "../data/broker-state.ts";
import { useFlow } from "../data/flow.ts";
import { pathOf } from "../data/route.ts";
import type { FlowEnds, FlowItem } from "../data/types.ts";
import { sourcesOf } from "./describe-flow.ts";

export function FlowDetails({ item }: { readonly item: FlowItem }) {
  const { id, name, flows, deployed, origin, hasDocument } = item;
  const entry = useFlow(flows.some(({ hasMapping }) => hasMapping) ? id : undefined);
  const action = useAction();
  const remove = () =>
    action.run(async () => {
      await request("DELETE", `/broker/flows/${id}`);
      return undefined;
    });
  const deploy = () =>
    action.run(async () => {
      await request("PUT", `/integrationFlow/${id}/${deployed ? "undeploy" : "deploy"}`);
      return { isGood: true, message: deployed ? "Stopped." : "Started." };
    });
  const cameFrom = { code: "code", file: "the flows file", rest: "REST, or this page" }[origin];
  return h(
    "section",
    { class: "card", "aria-label": `Flow ${id}` },
    h("h3", null, `#${id} `, name),
    h(
      "p",
      { class: "hint" },
      `Made by ${cameFrom}${hasDocument ? ", as a flow document" : ""}; ${deployed ? "runs" : "is stopped"}.`,
    ),
    flows.map((flow, index) => [
      h(Ends, { flow }),
      flow.hasMapping && entry !== undefined ? h(JsonValue, { value: entry.flows[index]?.mapping }) : null,
    ]),
    h(
      "div",
      { class: "actions" },
      h(Button, { onClick: () => void deploy() }, deployed ? "Stop" : "Start"),
      h(Button, { class: "danger", onClick: () => void remove() }, "Remove"),
    ),
    h(OutcomeText, { action }),
  );
}

function Ends({ flow }: { readonly flow: FlowEnds }) {
  const service = (uuid: string) => h("a", { href: pathOf({ view: "service", uuid }) }, nameOf(uuid));
  return h(
    "p",
    null,
    sourcesOf(flow).map(({ uuid, eventId }, index) => [
      index === 0 ? null : " and ",
      service(uuid),
      " · ",
      h("code", null, eventId),
    ]),
    " → ",
    service(flow.to.uuid),
    " · ",
    h("code", null, flow.to.functionId),
  );
}

import { Fragment } from "preact";
import { Button } from "../components/button.tsx";
import { JsonValue } from "../components/json.tsx";
import { OutcomeMessage, useAction } from "../components/outcome.tsx";
import { ServiceLink } from "../components/service-link.tsx";
import { useFlow, useServiceDetails } from "../data/answers.ts";
import { request } from "../data/api.ts";
import type { CountedFlow, FlowEnds, FlowItem } from "../data/types.ts";
import { isolate } from "../format/isolate.ts";
import { ORIGINS, sourcesOf } from "./describe-flow.ts";
import { startFlow } from "./draft.ts";
import { CountLine } from "./flow-count-line.tsx";
import { totalOf } from "./flow-counts.ts";
import { eventsOf, functionsOf } from "./flow-end.tsx";
import { assess } from "./mapping/assess.ts";
import { offerUndo } from "./removed-flow.tsx";

interface DetailsProps {
  readonly item: FlowItem;
  readonly onClose: () => void;
}

export function FlowDetails({ item, onClose }: DetailsProps) {
  const { id, name, flows, deployed, origin, hasDocument, isRecord } = item;
  // The words of an error are not in what is polled.
  const { value: entry } = useFlow(id, totalOf(id).errors);
  const action = useAction();
  const remove = () =>
    action.run(async () => {
      await request("DELETE", `/broker/flows/${id}`);
      offerUndo({ id, words: `Flow #${id} removed.` });
      return undefined;
    });
  const deploy = () =>
    action.run(async () => {
      await request("PUT", `/integrationFlow/${id}/${deployed ? "undeploy" : "deploy"}`);
      return { message: deployed ? "Stopped." : "Started." };
    });
  return (
    <section class="card flow-details" aria-label={`Flow ${id}`}>
      <div class="title">
        <h3>
          #{id} {isolate(name)}
        </h3>
        <Button label="Close the details" onClick={onClose}>
          ✕
        </Button>
      </div>
      <p class="hint">
        {ORIGINS[origin][1]}
        {hasDocument && ", as a flow document of the MSB"}; {deployed ? "runs" : "is stopped"}.
        {isRecord && " It stands beside others with the same ends, and replaces none."}
      </p>
      {flows.map((flow, index) => (
        <Part key={JSON.stringify(flow)} id={id} flow={flow} index={index} entry={entry} />
      ))}
      <div class="actions">
        <Button onClick={deploy}>{deployed ? "Stop" : "Start"}</Button>
        {entry && isChangeable(item) && <Button onClick={() => change(item, entry)}>Change…</Button>}
        <Button class="danger" onClick={remove}>
          Remove
        </Button>
      </div>
      <OutcomeMessage action={action} />
    </section>
  );
}

interface PartProps {
  readonly id: number;
  readonly flow: FlowEnds;
  readonly index: number;
  readonly entry: CountedFlow | undefined;
}

/** One of the flows of an item: its ends, what it has done, and its mapping. */
function Part({ id, flow, index, entry }: PartProps) {
  const mapping = entry?.flows[index]?.mapping;
  return (
    <div class="flow-part">
      <Ends flow={flow} />
      <CountLine id={id} index={index} lastError={entry?.counts[index]?.lastError} />
      <Misfits flow={flow} mapping={mapping} isLoaded={entry !== undefined} />
      {mapping === undefined ? (
        <p class="hint">Without a mapping: the function gets the event's value as it is.</p>
      ) : (
        <JsonValue value={mapping} />
      )}
    </div>
  );
}

/** What would fail, by what the two services say of themselves. */
function Misfits({
  flow,
  mapping,
  isLoaded,
}: {
  readonly flow: FlowEnds;
  readonly mapping: Parameters<typeof assess>[0];
  readonly isLoaded: boolean;
}) {
  const [source, ...others] = sourcesOf(flow);
  const { value: from } = useServiceDetails(source?.uuid);
  const { value: to } = useServiceDetails(flow.to.uuid);
  const event = from && eventsOf(from.selfDescription).find(({ id }) => id === source?.eventId);
  const target = to && functionsOf(to.selfDescription).find(({ id }) => id === flow.to.functionId);
  if (!isLoaded || others.length > 0 || event === undefined || target === undefined) {
    return null;
  }
  const { problems } = assess(mapping, event.dataFormat, target.dataFormat);
  return problems.length === 0 ? null : (
    <div class="outcome bad">
      <p>The types do not fit:</p>
      <ul>
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </div>
  );
}

/** Documents, records of the management, and flows from several events are changed where they were made. */
function isChangeable({ flows: [flow, ...others], hasDocument, isRecord }: FlowItem): boolean {
  return (
    flow !== undefined && others.length === 0 && !hasDocument && !isRecord && sourcesOf(flow).length === 1
  );
}

function change({ id, flows: [flow] }: FlowItem, entry: CountedFlow): void {
  const [source] = flow === undefined ? [] : sourcesOf(flow);
  if (flow !== undefined && source !== undefined) {
    startFlow({
      fromUuid: source.uuid,
      eventId: source.eventId,
      toUuid: flow.to.uuid,
      functionId: flow.to.functionId,
      changed: { id, mapping: entry.flows[0]?.mapping },
    });
  }
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

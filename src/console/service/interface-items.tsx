import type { ComponentChildren } from "preact";
import { Button } from "../components/button.tsx";
import type { DescribedEvent, DescribedFunction } from "../data/types.ts";
import { startFlow } from "../flows/draft.ts";
import { shortFormat } from "../format/describe.ts";
import { CallForm } from "./call-form.tsx";
import { EventForm } from "./event-form.tsx";
import { FormatView } from "./format-view.tsx";

interface EventProps {
  readonly uuid: string;
  readonly event: DescribedEvent;
}

export function EventItem({ uuid, event }: EventProps) {
  const { eventId } = event;
  return (
    <Item id={eventId} described={event}>
      <EventForm uuid={uuid} event={event} />
      <Button class="link" onClick={() => startFlow({ fromUuid: uuid, eventId })}>
        New flow from this event…
      </Button>
    </Item>
  );
}

interface FunctionProps {
  readonly uuid: string;
  readonly described: DescribedFunction;
  readonly events: readonly DescribedEvent[];
}

export function FunctionItem({ uuid, described, events }: FunctionProps) {
  const { functionId, responseEvents } = described;
  const answers = (responseEvents ?? []).map(
    (id) => events.find((event) => event["@id"] === id)?.eventId ?? String(id),
  );
  return (
    <Item id={functionId} described={described} answers={answers}>
      {answers.length > 0 && <p class="hint">Answers with {answers.join(", ")}.</p>}
      <CallForm uuid={uuid} described={described} />
      <Button class="link" onClick={() => startFlow({ toUuid: uuid, functionId })}>
        New flow to this function…
      </Button>
    </Item>
  );
}

interface ItemProps {
  readonly id: string;
  readonly described: DescribedEvent | DescribedFunction;
  /** The ids of the response events. */
  readonly answers?: readonly string[];
  readonly children: ComponentChildren;
}

/** What an event and a function have in common: a summary, which opens, the description and the data format. */
function Item({ id, described, answers = [], children }: ItemProps) {
  const { name, description, dataFormat } = described;
  return (
    <details class="item">
      <summary>
        <code>{id}</code>
        {name && name !== id && <span>{name}</span>}
        <small>
          {shortFormat(dataFormat)}
          {answers.length > 0 && ` → ${answers.join(", ")}`}
        </small>
      </summary>
      {description && <p>{description}</p>}
      <FormatView dataFormat={dataFormat} />
      {children}
    </details>
  );
}

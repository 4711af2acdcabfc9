import { type ReadonlySignal, useComputed } from "@preact/signals";
import { Button } from "../components/button.tsx";
import { formatAge } from "../data/amounts.ts";
import type { DescribedEvent, EventActivity } from "../data/types.ts";
import { startFlow } from "../flows/draft.ts";
import { shortFormat } from "../format/describe.ts";
import { readable } from "../format/readable.ts";
import { type Activity, now } from "./activity.ts";
import { EventForm } from "./event-form.tsx";
import { FormatView } from "./format-view.tsx";
import { Item } from "./item.tsx";
import { LastValue } from "./last-value.tsx";
import { usePayload } from "./payload.tsx";
import { Sparkline } from "./sparkline.tsx";
import { rateText } from "./times.ts";

interface EventProps {
  readonly uuid: string;
  readonly event: DescribedEvent;
  readonly activity: ReadonlySignal<Activity | undefined>;
}

/** An event: in its row the last value, how old it is and how often it comes; opened, its whole value and the form. */
export function EventItem({ uuid, event, activity }: EventProps) {
  const { eventId, name, description, dataFormat } = event;
  const latest = useComputed(() => activity.value?.events.get(eventId));
  const payload = usePayload(dataFormat);
  return (
    <Item
      uuid={uuid}
      kind="e"
      id={eventId}
      summary={
        <>
          <Title id={eventId} name={name} />
          <LatestFigures event={latest} activity={activity} format={shortFormat(dataFormat)} />
        </>
      }
    >
      {description && <p>{description}</p>}
      <LastValue uuid={uuid} latest={latest} json={payload.json} hasPayload={payload.field !== undefined} />
      <EventForm uuid={uuid} event={event} payload={payload} />
      <FormatView dataFormat={dataFormat} />
      <Button class="link" onClick={() => startFlow({ fromUuid: uuid, eventId })}>
        New flow from this event…
      </Button>
    </Item>
  );
}

export function Title({ id, name }: { readonly id: string; readonly name: string | null | undefined }) {
  return (
    <span class="item-title">
      <code>{id}</code>
      {name && name !== id && <span>{name}</span>}
    </span>
  );
}

interface FiguresProps {
  readonly event: ReadonlySignal<EventActivity | undefined>;
  readonly activity: ReadonlySignal<Activity | undefined>;
  /** Shown while there is no value. */
  readonly format: string;
}

/** Drawn by itself, once a second. It is not read aloud each time. */
function LatestFigures({ event, activity, format }: FiguresProps) {
  const latest = event.value;
  if (latest === undefined) {
    return (
      <>
        <small class="item-value">{format}</small>
        <small class="item-age">{activity.value === undefined ? "" : "never yet"}</small>
      </>
    );
  }
  const { value, size, lastAt, perSecond } = latest;
  const text = value === undefined ? "without a value" : readable(value, size <= value.length);
  return (
    <>
      <span class="item-value" title={text}>
        {text}
      </span>
      <span class="item-age" title={new Date(lastAt).toLocaleString("en-GB")}>
        {formatAge(now.value + (activity.value?.ahead ?? 0) - lastAt)}
      </span>
      <span class="item-rate">{rateText(perSecond)}</span>
      <Sparkline counts={perSecond} />
    </>
  );
}

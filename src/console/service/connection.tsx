import type { ReadonlySignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { ServiceLink } from "../components/service-link.tsx";
import { formatAge, formatDuration } from "../data/amounts.ts";
import type { ServiceDetails } from "../data/types.ts";
import { type Activity, now } from "./activity.ts";

interface ConnectionProps {
  readonly details: ServiceDetails;
  readonly activity: ReadonlySignal<Activity | undefined>;
}

/** How the service is connected, and what waits for it. The durations go on; they are not read aloud. */
export function ConnectionFacts({ details, activity }: ConnectionProps) {
  const { uuid, type, gateway, lifecycleState } = details;
  return (
    <dl class="facts">
      <Fact term="Service">
        {type}, <span title="The broker knows its token if it is VERIFIED.">{lifecycleState}</span>
      </Fact>
      <Fact term="uuid">
        <code>{uuid}</code>
      </Fact>
      <LiveFacts activity={activity} />
      {gateway !== undefined && gateway !== uuid && (
        <Fact term="Behind the gateway">
          <ServiceLink uuid={gateway} />
        </Fact>
      )}
    </dl>
  );
}

function LiveFacts({ activity }: Pick<ConnectionProps, "activity">) {
  if (activity.value === undefined) {
    return null;
  }
  const { service, ahead } = activity.value;
  const { connection, registeredAt, lastSeen, reconnects, queue } = service;
  const since = (time: number) => `${timeText(time)}, ${formatAge(now.value + ahead - time)}`;
  return (
    <>
      {connection === undefined ? (
        <Fact term="Last seen">{since(lastSeen)}</Fact>
      ) : (
        <>
          <Fact term="Connected since">{since(connection.openedAt)}</Fact>
          <Fact term="From">
            {connection.remoteAddress}, connection {connection.id},{" "}
            {connection.framing === "sockjs" ? "SockJS framing" : "raw framing"}
          </Fact>
          <Fact term="Registered">{since(registeredAt)}</Fact>
        </>
      )}
      <Fact term="Came back">{reconnects === 0 ? "never" : times(reconnects)}</Fact>
      <Fact term="Calls that wait">
        {queue.calls === 0
          ? "none"
          : `${queue.calls}, the oldest for ${formatDuration(now.value + ahead - (queue.since ?? 0))}`}
      </Fact>
    </>
  );
}

/** What is not as it should be, at the top of the page. */
export function Warnings({ activity }: Pick<ConnectionProps, "activity">) {
  const service = activity.value?.service;
  if (service === undefined) {
    return null;
  }
  const { connection, queue } = service;
  const oldest = formatDuration(now.value + (activity.value?.ahead ?? 0) - (queue.since ?? 0));
  return (
    <>
      {queue.calls > 0 && (
        <p class="warning">
          {queue.calls === 1 ? "1 call waits" : `${queue.calls} calls wait`} for it, the oldest for {oldest}.
          They are sent when it is back.
        </p>
      )}
      {connection?.halfOpen && (
        <p class="warning">Its connection is half-open (a fault): nothing passes in either direction.</p>
      )}
    </>
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

/** Of today only the time. */
function timeText(time: number): string {
  const date = new Date(time);
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday ? date.toLocaleTimeString("en-GB") : date.toLocaleString("en-GB");
}

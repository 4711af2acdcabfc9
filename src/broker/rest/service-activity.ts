import type { Context, Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { cut, quote } from "../../support/clip.ts";
import type { BrokerComponents } from "../components.ts";
import type { EventActivity } from "../observing/event-activity.ts";
import { writeEvent } from "../protocol/event.ts";
import { MAX_ACTIVITY_TEXT } from "../support/limits.ts";
import { describeConnection } from "../transport/connection.ts";

/** Our own interface, for the console: what a service does, while the rest of what is known of it stays as it is. */
export function mountServiceActivity(app: Hono, components: BrokerComponents): void {
  const { directory, activities } = components;
  app.get("/broker/services/:uuid/activity", (c) => {
    const { uuid } = directory.require(c.req.param("uuid")).service;
    return c.json(describeActivity(uuid, Date.now(), components));
  });
  app.get("/broker/services/:uuid/activity/:eventId", (c) => {
    const { uuid } = directory.require(c.req.param("uuid")).service;
    const eventId = c.req.param("eventId");
    const now = Date.now();
    const activity = activities.get(uuid, eventId, now);
    if (activity === undefined) {
      throw new HTTPException(404, { message: `No event ${quote(eventId)} of ${quote(uuid)} has come yet.` });
    }
    const { last, ...rest } = activity;
    return answerWithEvent(c, { time: now, ...rest }, writeEvent(last));
  });
}

export function describeActivity(uuid: string, now: number, components: BrokerComponents) {
  const { directory, dispatcher, registry, connections, activities } = components;
  const { service, connected } = directory.require(uuid);
  const connection = registry.get(uuid)?.connection;
  return {
    /** The broker's clock: ages are counted from here, because the reader's clock may be another one. */
    time: now,
    connected,
    registeredAt: service.registeredAt,
    lastSeen: directory.lastSignOf(uuid),
    reconnects: directory.countersOf(uuid)?.reconnects ?? 0,
    connection: connection && {
      ...describeConnection(connection),
      openedAt: connections.openedAt(connection) ?? service.registeredAt,
      halfOpen: connection.frozen,
    },
    queue: { calls: dispatcher.queued(uuid), since: dispatcher.waitingSince(uuid) },
    events: activities.of(uuid, now).map(summarise),
  };
}

function summarise({ eventId, count, last, perSecond }: EventActivity) {
  const { dataText, receivedAt, priority, correlationId } = last;
  return {
    eventId,
    count,
    lastAt: receivedAt,
    priority,
    correlationId,
    /** The beginning of the value's JSON; `size` is how many characters all of it has. */
    value: dataText === undefined ? undefined : cut(dataText, MAX_ACTIVITY_TEXT),
    size: dataText?.length ?? 0,
    perSecond,
  };
}

/** The event is JSON already, so that its numbers stay as they are. */
function answerWithEvent(c: Context, members: object, event: string): Response {
  const json = `${JSON.stringify(members).slice(0, -1)},"last":${event}}`;
  return c.body(json, 200, { "Content-Type": "application/json" });
}

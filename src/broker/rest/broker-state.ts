import { clip } from "../../support/clip.ts";
import type { Broker, KnownService } from "../api.ts";
import type { BrokerParts } from "../components.ts";
import type { FlowEntry } from "../flows/flow-store.ts";
import { describe } from "../messaging/open-connections.ts";
import { MAX_SUMMARY_TEXT } from "../support/limits.ts";

/** Everything that the console needs at once, except for self-descriptions, which are asked for one by one. */
export function describeState(broker: Broker, parts: BrokerParts): object {
  const { directory, flows, router, counters, trace, hub, registry, options } = parts;
  const { rss, heapUsed } = process.memoryUsage();
  return {
    url: broker.url,
    time: Date.now(),
    uptime: Math.round(process.uptime() * 1_000),
    revision: revisionOf(parts),
    counters,
    memory: { rss, heapUsed },
    limits: {
      maxTrace: options.maxTrace,
      maxConnections: options.maxConnections,
      maxMessageSize: options.maxMessageSize,
    },
    trace: { lastSeq: trace.lastSeq },
    faults: broker.faults.active,
    connections: hub.connections.map((connection) => ({
      ...describe(connection),
      halfOpen: connection.frozen,
      uuids: registry.uuidsOf(connection),
    })),
    services: directory.list().map((known) => summarise(known, router.queued(known.service.uuid))),
    queues: Object.fromEntries(router.queues()),
    flows: flows.entries().map(summariseFlow),
  };
}

/** Numbers that change when what they stand for changes, so that nobody has to ask again for what is the same. */
export function revisionOf({ directory, flows }: BrokerParts): object {
  return { services: directory.revision, flows: flows.revision };
}

export function summarise({ service, connected, lastSeen, lifecycleState }: KnownService, queued: number) {
  // Not by leaving `selfDescription` out of the rest, which would parse it.
  const { uuid, name, type, description, counts, gateway, connectionId, framing, registeredAt } = service;
  return {
    ...{ uuid, name: clip(name, MAX_SUMMARY_TEXT), type, description, counts, gateway },
    ...{ connectionId, framing, registeredAt, connected, lastSeen, lifecycleState, queued },
  };
}

/** A flow without its mapping and its document, which are asked for one by one. */
export function summariseFlow({ id, name, origin, deployed, flows, document }: FlowEntry) {
  return {
    ...{ id, name: clip(name, MAX_SUMMARY_TEXT), origin, deployed },
    flows: flows.map(({ from, to, mapping }) => ({ from, to, hasMapping: mapping !== undefined })),
    hasDocument: document !== undefined,
  };
}

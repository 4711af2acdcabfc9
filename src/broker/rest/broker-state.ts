import { clip } from "../../support/clip.ts";
import type { Broker } from "../api.ts";
import type { BrokerComponents } from "../components.ts";
import type { FlowCounts } from "../flows/flow-counts.ts";
import type { FlowEntry } from "../flows/flow-store.ts";
import type { KnownService } from "../services/registered-service.ts";
import { MAX_SUMMARY_TEXT } from "../support/limits.ts";
import { describeConnection } from "../transport/connection.ts";

/** Everything that the console needs at once, except for self-descriptions, which are asked for one by one. */
export function describeState(broker: Broker, components: BrokerComponents): object {
  const { directory, flows, dispatcher, counters, trace, connections, registry, options } = components;
  const { rss, heapUsed } = process.memoryUsage();
  return {
    url: broker.url,
    needsToken: options.token !== undefined,
    time: Date.now(),
    uptime: Math.round(performance.now() - components.startedAt),
    revision: revisionOf(components),
    counters,
    memory: { rss, heapUsed },
    limits: {
      maxTrace: options.maxTrace,
      maxConnections: options.maxConnections,
      maxMessageSize: options.maxMessageSize,
    },
    trace: { lastSeq: trace.lastSeq },
    faults: broker.faults.active,
    connections: connections.list().map((connection) => ({
      ...describeConnection(connection),
      halfOpen: connection.frozen,
      uuids: registry.uuidsOf(connection),
    })),
    services: directory.list().map((known) => summariseService(known, dispatcher.queued(known.service.uuid))),
    queues: Object.fromEntries(dispatcher.queues()),
    flows: flows.entries().map((entry) => summariseFlow(entry, flows.counts(entry.id))),
  };
}

/** Numbers that change when what they stand for changes, so that nobody has to ask again for what is the same. */
export function revisionOf({ directory, flows }: BrokerComponents): object {
  return { services: directory.revision, flows: flows.revision };
}

export function summariseService(
  { service, connected, lastSeen, lifecycleState }: KnownService,
  queued: number,
) {
  // Not by leaving `selfDescription` out of the rest, which would parse it.
  const { uuid, name, type, description, counts, gateway, connectionId, framing, registeredAt } = service;
  return {
    uuid,
    name: clip(name, MAX_SUMMARY_TEXT),
    type,
    description,
    counts,
    gateway,
    connectionId,
    framing,
    registeredAt,
    connected,
    lastSeen,
    lifecycleState,
    queued,
  };
}

/** A flow without its mapping and its document, which are asked for one by one. */
export function summariseFlow(
  { id, name, origin, deployed, flows, document, isRecord }: FlowEntry,
  counts: readonly FlowCounts[],
) {
  return {
    id,
    name: clip(name, MAX_SUMMARY_TEXT),
    origin,
    deployed,
    flows: flows.map(({ from, to, mapping }) => ({ from, to, hasMapping: mapping !== undefined })),
    hasDocument: document !== undefined,
    isRecord,
    counts: counts.map(({ calls, errors }) => ({ calls, errors })),
  };
}

import type { Broker, KnownService, RegisteredService } from "../api.ts";
import { describe } from "../connection-hub.ts";
import type { BrokerParts } from "../parts.ts";

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
    flows: flows
      .entries()
      .map(({ document, ...entry }) => ({ ...entry, hasDocument: document !== undefined })),
  };
}

/** Numbers that change when what they stand for changes, so that nobody has to ask again for what is the same. */
export function revisionOf({ directory, flows }: BrokerParts): object {
  return { services: directory.revision, flows: flows.revision };
}

export function summarise({ service, connected, lastSeen, lifecycleState }: KnownService, queued: number) {
  const { selfDescription, ...rest } = service;
  return {
    ...rest,
    description: selfDescription.description ?? "",
    ...{ connected, lastSeen, lifecycleState, queued },
    counts: countParts(service),
  };
}

function countParts({ selfDescription: { events, functions, configuration } }: RegisteredService) {
  return {
    events: events?.length ?? 0,
    functions: functions?.length ?? 0,
    parameters: Object.keys(configuration?.parameters ?? {}).length,
  };
}

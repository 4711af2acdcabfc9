import { FaultState } from "./faults/fault-state.ts";
import { FlowStore } from "./flows/flow-store.ts";
import { CallDispatcher } from "./messaging/call-dispatcher.ts";
import { EventForwarder } from "./messaging/event-forwarder.ts";
import { MessageHandler } from "./messaging/message-handler.ts";
import { OpenConnections } from "./messaging/open-connections.ts";
import { Replies } from "./messaging/replies.ts";
import { Sender } from "./messaging/sender.ts";
import { ServiceMessages } from "./messaging/service-messages.ts";
import { type BrokerCounters, createCounters } from "./observing/counters.ts";
import { EventActivities } from "./observing/event-activity.ts";
import { EventLog } from "./observing/event-log.ts";
import { Incidents } from "./observing/incidents.ts";
import { createListeners, type Listeners } from "./observing/listeners.ts";
import { createLog, type Log } from "./observing/log.ts";
import { RateHistory } from "./observing/rate-history.ts";
import { Trace } from "./observing/trace.ts";
import { WaitFor } from "./observing/wait-for.ts";
import type { ResolvedOptions } from "./options.ts";
import { type Mask, maskTokens } from "./services/mask-tokens.ts";
import { Registry } from "./services/registry.ts";
import { ServiceDirectory } from "./services/service-directory.ts";
import { Tokens } from "./services/tokens.ts";

/** What a broker consists of. */
export interface BrokerComponents {
  readonly options: ResolvedOptions;
  /** As `performance.now()` tells it: the counters count from here. */
  readonly startedAt: number;
  readonly log: Log;
  /** Shows a message of a client to others. */
  readonly mask: Mask;
  readonly trace: Trace;
  readonly counters: BrokerCounters;
  readonly history: RateHistory;
  readonly incidents: Incidents;
  readonly listeners: Listeners;
  readonly waitFor: WaitFor;
  readonly events: EventLog;
  readonly activities: EventActivities;
  readonly tokens: Tokens;
  readonly directory: ServiceDirectory;
  readonly registry: Registry;
  readonly flows: FlowStore;
  readonly faults: FaultState;
  readonly sender: Sender;
  readonly serviceMessages: ServiceMessages;
  readonly dispatcher: CallDispatcher;
  readonly forwarder: EventForwarder;
  readonly connections: OpenConnections;
}

/** Makes the components and connects them; the only place that knows all of them. */
export function createComponents(options: ResolvedOptions): BrokerComponents {
  const startedAt = performance.now();
  const log = createLog(options.log);
  const mask: Mask = options.showTokens ? (message) => message : maskTokens;
  const trace = new Trace(options.maxTrace, mask);
  const counters = createCounters();
  const history = new RateHistory(counters);
  const incidents = new Incidents();
  const listeners = createListeners(log.write);
  const waitFor = new WaitFor(listeners);
  const events = new EventLog(options.maxEvents);
  const activities = new EventActivities();
  const tokens = new Tokens();
  const directory = new ServiceDirectory(tokens);
  const registry = new Registry();
  const flows = new FlowStore();
  const faults = new FaultState();
  const sender = new Sender({ faults, trace, listeners, counters });
  const serviceMessages = new ServiceMessages({ registry, sender, counters, log });
  const dispatcher = new CallDispatcher({ flows, registry, sender, log, trace, counters, incidents });
  const forwarder = new EventForwarder({ flows, dispatcher, events, activities, listeners, trace, counters });
  const replies = new Replies({ sender, faults, directory, counters, incidents, log });
  const handler = new MessageHandler({
    registry,
    directory,
    dispatcher,
    forwarder,
    replies,
    sender,
    listeners,
    trace,
    counters,
    incidents,
    log,
    mask,
  });
  const connections = new OpenConnections({
    registry,
    directory,
    handler,
    sender,
    listeners,
    trace,
    counters,
    log,
    options,
  });
  return {
    options,
    startedAt,
    log,
    mask,
    trace,
    counters,
    history,
    incidents,
    listeners,
    waitFor,
    events,
    activities,
    tokens,
    directory,
    registry,
    flows,
    faults,
    sender,
    serviceMessages,
    dispatcher,
    forwarder,
    connections,
  };
}

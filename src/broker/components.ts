import { FaultState } from "./faults/fault-state.ts";
import { FlowStore } from "./flows/flow-store.ts";
import { Router } from "./messaging/call-dispatcher.ts";
import { Protocol } from "./messaging/message-handler.ts";
import { ConnectionHub } from "./messaging/open-connections.ts";
import { Outgoing } from "./messaging/sender.ts";
import { type BrokerCounters, createCounters } from "./observing/counters.ts";
import { EventLog } from "./observing/event-log.ts";
import { createListeners, type Listeners } from "./observing/listeners.ts";
import { createLog, type Log } from "./observing/log.ts";
import { Trace } from "./observing/trace.ts";
import { Waits } from "./observing/wait-for.ts";
import type { ResolvedOptions } from "./options.ts";
import { type Mask, maskTokens } from "./services/mask-tokens.ts";
import { Registry } from "./services/registry.ts";
import { ServiceDirectory } from "./services/service-directory.ts";
import { Tokens } from "./services/tokens.ts";

/** What a broker consists of. */
export interface BrokerParts {
  readonly options: ResolvedOptions;
  readonly log: Log;
  /** Shows a message of a client to others. */
  readonly mask: Mask;
  readonly trace: Trace;
  readonly counters: BrokerCounters;
  readonly tokens: Tokens;
  readonly directory: ServiceDirectory;
  readonly registry: Registry;
  readonly flows: FlowStore;
  readonly faults: FaultState;
  readonly listeners: Listeners;
  readonly events: EventLog;
  readonly waits: Waits;
  readonly outgoing: Outgoing;
  readonly router: Router;
  readonly protocol: Protocol;
  readonly hub: ConnectionHub;
}

/** Makes the parts and connects them; the only place that knows all of them. */
export function createParts(options: ResolvedOptions): BrokerParts {
  const log = createLog(options.log);
  const mask: Mask = options.showTokens ? (message) => message : maskTokens;
  const trace = new Trace(options.maxTrace, mask);
  const counters = createCounters();
  const tokens = new Tokens();
  const directory = new ServiceDirectory(tokens);
  const registry = new Registry();
  const flows = new FlowStore();
  const faults = new FaultState();
  const listeners = createListeners(log.write);
  const events = new EventLog(options.maxEvents);
  const waits = new Waits(listeners);
  const outgoing = new Outgoing({ faults, trace, listeners, counters });
  const send = outgoing.send.bind(outgoing);
  const router = new Router({ flows, registry, send, log, trace, counters });
  const shared = { registry, directory, listeners, trace, counters, send, log, mask };
  const protocol = new Protocol({ ...shared, router, events, faults });
  const hub = new ConnectionHub({ ...shared, protocol, options });
  return {
    ...shared,
    ...{ options, tokens, flows, faults, events, waits, outgoing, router, protocol, hub },
  };
}

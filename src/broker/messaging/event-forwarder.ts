import { clip } from "../../support/clip.ts";
import { formatIssues, type MsbIssue } from "../../support/errors.ts";
import { type Call, makeCalls } from "../flows/calls.ts";
import type { FlowStore } from "../flows/flow-store.ts";
import type { BrokerCounters } from "../observing/counters.ts";
import type { EventLog } from "../observing/event-log.ts";
import type { Listeners } from "../observing/listeners.ts";
import type { Trace } from "../observing/trace.ts";
import type { ReceivedEvent } from "../protocol/event.ts";
import { heapSize, MAX_NOTE } from "../support/limits.ts";
import type { CallDispatcher } from "./call-dispatcher.ts";

export interface EventForwarderDependencies {
  readonly flows: FlowStore;
  readonly dispatcher: CallDispatcher;
  readonly events: EventLog;
  readonly listeners: Listeners;
  readonly trace: Trace;
  readonly counters: BrokerCounters;
}

/** Hands accepted events to whoever wants them: the list of events, listeners, and flows. */
export class EventForwarder {
  readonly #flows: FlowStore;
  readonly #dispatcher: CallDispatcher;
  readonly #events: EventLog;
  readonly #listeners: Listeners;
  readonly #trace: Trace;
  readonly #counters: BrokerCounters;

  constructor(dependencies: EventForwarderDependencies) {
    this.#flows = dependencies.flows;
    this.#dispatcher = dependencies.dispatcher;
    this.#events = dependencies.events;
    this.#listeners = dependencies.listeners;
    this.#trace = dependencies.trace;
    this.#counters = dependencies.counters;
  }

  /** The calls that the flows make of an event. @param json of its `E` message. @throws if one of them cannot be made. */
  makeCalls(event: ReceivedEvent, json: string): Call[] {
    return makeCalls(this.#flows, event, heapSize(json));
  }

  /** @param json of its `E` message. */
  forward(event: ReceivedEvent, json: string, calls: readonly Call[]): void {
    this.#counters.eventsAccepted += 1;
    this.#events.add(event, json);
    this.#listeners.emit("event", event);
    for (const call of calls) {
      this.#dispatcher.dispatch(call);
    }
  }

  /** Forwards an event that did not come from a client, as if its service had published it. @param text its `E` message. */
  publishAs(event: ReceivedEvent, text: string, warnings: readonly MsbIssue[]): void {
    const { uuid, eventId, correlationId } = event;
    const calls = this.makeCalls(event, text);
    const info = { kind: "E", uuid, name: eventId, correlationId } as const;
    const entry = this.#trace.message("in", "broker", text, info, event.receivedAt);
    entry.note = "published by the broker itself";
    if (warnings.length > 0) {
      entry.level = "warn";
      entry.note = clip(`${entry.note}, but ${formatIssues(warnings)}`, MAX_NOTE);
    }
    this.forward(event, text.slice(1), calls);
  }
}

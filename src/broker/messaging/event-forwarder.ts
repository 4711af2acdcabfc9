import { clip } from "../../support/clip.ts";
import { formatIssues, type MsbIssue } from "../../support/errors.ts";
import { type Call, makeCalls } from "../flows/calls.ts";
import type { FlowStore } from "../flows/flow-store.ts";
import type { BrokerCounters } from "../observing/counters.ts";
import type { EventActivities } from "../observing/event-activity.ts";
import type { EventLog } from "../observing/event-log.ts";
import { keepEvent } from "../observing/kept-event.ts";
import type { Listeners } from "../observing/listeners.ts";
import type { Trace } from "../observing/trace.ts";
import type { ReceivedEvent } from "../protocol/event.ts";
import { MAX_NOTE } from "../support/limits.ts";
import type { CallDispatcher } from "./call-dispatcher.ts";

export interface EventForwarderDependencies {
  readonly flows: FlowStore;
  readonly dispatcher: CallDispatcher;
  readonly events: EventLog;
  readonly activities: EventActivities;
  readonly listeners: Listeners;
  readonly trace: Trace;
  readonly counters: BrokerCounters;
}

/** Hands accepted events to whoever wants them: the list of events, what is known of each, listeners, and flows. */
export class EventForwarder {
  readonly #flows: FlowStore;
  readonly #dispatcher: CallDispatcher;
  readonly #events: EventLog;
  readonly #activities: EventActivities;
  readonly #listeners: Listeners;
  readonly #trace: Trace;
  readonly #counters: BrokerCounters;

  constructor(dependencies: EventForwarderDependencies) {
    this.#flows = dependencies.flows;
    this.#dispatcher = dependencies.dispatcher;
    this.#events = dependencies.events;
    this.#activities = dependencies.activities;
    this.#listeners = dependencies.listeners;
    this.#trace = dependencies.trace;
    this.#counters = dependencies.counters;
  }

  /** The calls that the flows make of an event. @param json of its `E` message. @throws if one of them cannot be made. */
  makeCalls(event: ReceivedEvent, json: string): Call[] {
    return makeCalls(this.#flows, event, json);
  }

  /** @param json of its `E` message. @param cause the number of its entry of the trace. */
  forward(event: ReceivedEvent, json: string, calls: readonly Call[], cause: number): void {
    this.#counters.eventsAccepted += 1;
    const kept = keepEvent(event, json);
    this.#events.add(kept);
    this.#activities.add(kept);
    this.#listeners.emit("event", event);
    for (const call of calls) {
      if (call.counts !== undefined) {
        call.counts.calls += 1;
      }
      this.#dispatcher.dispatch({ ...call, cause });
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
    this.forward(event, text.slice(1), calls, entry.seq);
  }
}

import { quote } from "../../support/clip.ts";
import type { Call } from "../flows/calls.ts";
import { countError } from "../flows/flow-counts.ts";
import type { FlowStore } from "../flows/flow-store.ts";
import type { BrokerCounters } from "../observing/counters.ts";
import type { Incidents } from "../observing/incidents.ts";
import type { Log } from "../observing/log.ts";
import type { Trace } from "../observing/trace.ts";
import type { Registration, Registry } from "../services/registry.ts";
import { CallQueues, MAX_QUEUES, type WaitingCalls } from "./call-queues.ts";
import type { OutgoingMessage, Sender } from "./sender.ts";

export interface CallDispatcherDependencies {
  readonly flows: FlowStore;
  readonly registry: Registry;
  readonly sender: Sender;
  readonly log: Log;
  readonly trace: Trace;
  readonly counters: BrokerCounters;
  readonly incidents: Incidents;
}

/** Sends the calls that flows make, and keeps those of services that are offline. */
export class CallDispatcher {
  readonly #flows: FlowStore;
  readonly #registry: Registry;
  readonly #sender: Sender;
  readonly #log: Log;
  readonly #trace: Trace;
  readonly #counters: BrokerCounters;
  readonly #incidents: Incidents;
  readonly #queues = new CallQueues();

  constructor(dependencies: CallDispatcherDependencies) {
    this.#flows = dependencies.flows;
    this.#registry = dependencies.registry;
    this.#sender = dependencies.sender;
    this.#log = dependencies.log;
    this.#trace = dependencies.trace;
    this.#counters = dependencies.counters;
    this.#incidents = dependencies.incidents;
  }

  /** Sends a call, or keeps it until its service registers. */
  dispatch(call: Call): void {
    const target = this.#registry.get(call.uuid);
    if (target === undefined || !this.#send(target, call)) {
      this.#enqueue(call);
    }
  }

  /** Sends what waited for a service that has just registered. */
  deliver(uuid: string): void {
    for (const call of this.#queues.takeAll(uuid)) {
      // Goes back into a queue if the service is gone again by now.
      this.dispatch(call);
    }
  }

  /** How many calls wait for a service. */
  queued(uuid: string): number {
    return this.#queues.count(uuid);
  }

  /** Since when the oldest of them waits, in milliseconds since 1970. */
  waitingSince(uuid: string): number | undefined {
    return this.#queues.oldestSince(uuid);
  }

  /** How many calls wait, by service. */
  queues(): ReadonlyMap<string, number> {
    return this.#queues.counts();
  }

  /** The queues, with since when calls wait in each of them. */
  waiting(): WaitingCalls[] {
    return this.#queues.waiting();
  }

  /** Drops what waits for services at which no flow ends any more. */
  dropOrphans(): void {
    for (const uuid of this.#queues.counts().keys()) {
      if (!this.#flows.endsAt(uuid)) {
        const calls = this.#queues.takeAll(uuid);
        this.#counters.callsDropped += calls.length;
        for (const { counts } of calls) {
          countError(
            counts,
            `A call that waited for ${quote(uuid)} was dropped: no flow leads there any more`,
          );
        }
      }
    }
  }

  #send(target: Registration, call: Call): boolean {
    const { uuid, functionId } = call;
    // A flow may name a function with a leading slash that its service did not declare.
    if (!target.functionIds.has(functionId) && !target.functionIds.has(functionId.replace(/^\//, ""))) {
      const warning = `${quote(uuid)} has no function ${quote(functionId)}, called by a flow`;
      this.#warn(uuid, warning, target.connection.id);
      countError(call.counts, warning);
    }
    const isSent = this.#sender.send(target.connection, toMessage(call));
    if (isSent) {
      this.#counters.callsSent += 1;
      if (this.#log.enabled) {
        const message = `Call of ${quote(functionId)} of ${quote(uuid)}`;
        this.#log.write({ level: "debug", uuid, message });
      }
    }
    return isSent;
  }

  #enqueue(call: Call): void {
    const { uuid } = call;
    if (!this.#queues.has(uuid)) {
      if (this.#queues.isFull) {
        const warning = `Dropped a call of ${quote(uuid)}: calls wait for ${MAX_QUEUES} services already`;
        this.#countDropped(uuid, 1, "calls wait for too many services already");
        this.#warn(uuid, warning);
        countError(call.counts, warning);
        return;
      }
      this.#trace.note("info", `${quote(uuid)} is offline: its calls wait`, undefined, uuid);
    }
    const dropped: Call[] = [];
    this.#queues.add(call, (oldest) => dropped.push(oldest));
    this.#counters.callsQueued += 1;
    if (dropped.length > 0) {
      this.#tellDropped(uuid, dropped);
    } else if (this.#log.enabled) {
      const message = `${quote(uuid)} is offline: ${this.#queues.count(uuid)} queued`;
      this.#log.write({ level: "debug", uuid, message });
    }
  }

  #tellDropped(uuid: string, dropped: readonly Call[]): void {
    const [warning, reason] = this.#queues.has(uuid)
      ? [`The queue of ${quote(uuid)} is full: dropped its oldest call`, "its queue is full"]
      : [
          `Dropped a call of ${quote(uuid)}: too much waits for others already`,
          "too much waits for others already",
        ];
    for (const { counts } of dropped) {
      countError(counts, warning);
    }
    this.#countDropped(uuid, dropped.length, reason);
    this.#warn(uuid, `${warning} (${dropped.length})`);
  }

  #countDropped(uuid: string, count: number, reason: string): void {
    this.#counters.callsDropped += count;
    this.#incidents.happened("dropped", uuid, Date.now(), { count, reason });
  }

  #warn(uuid: string, message: string, connectionId?: string): void {
    this.#log.write({ level: "warn", uuid, message });
    this.#trace.note("warn", message, connectionId, uuid);
  }
}

/** A call as it is sent. */
export function toMessage({ uuid, functionId, correlationId, text, cause }: Call): OutgoingMessage {
  return { text, info: { kind: "C", uuid, name: functionId, correlationId, cause } };
}

import { randomUUID } from "node:crypto";
import { FlowEvent } from "../flows/flow-event.ts";
import type { FlowStore } from "../flows/flow-store.ts";
import type { BrokerCounters } from "../observing/counters.ts";
import { type Log, quoteForLog } from "../observing/log.ts";
import type { Trace } from "../observing/trace.ts";
import type { ReceivedEvent } from "../protocol/event.ts";
import { writeCall, writeParameters } from "../protocol/messages.ts";
import { tidyJson } from "../protocol/raw-json.ts";
import type { Registration, Registry } from "../services/registry.ts";
import { BoundedList } from "../support/bounded-list.ts";
import { heapSize } from "../support/limits.ts";
import type { Message, Send } from "./sender.ts";

/** Calls that wait for one service that is offline. */
const MAX_QUEUED_CALLS = 1_000;
/** The characters of all of them together; fits into what may wait in a socket. */
const MAX_QUEUED_SIZE = 16_000_000;
/** The same for the calls of all services. */
const MAX_TOTAL_SIZE = 64_000_000;
/** Services that calls may wait for. */
const MAX_QUEUES = 10_000;

/** A function call on its way to a service. */
export interface Call {
  readonly uuid: string;
  readonly functionId: string;
  readonly message: Message;
}

export interface RouterParts {
  readonly flows: FlowStore;
  readonly registry: Registry;
  readonly send: Send;
  readonly log: Log;
  readonly trace: Trace;
  readonly counters: BrokerCounters;
}

/** Turns events into function calls, and keeps calls for services that are offline. */
export class Router {
  readonly #parts: RouterParts;
  readonly #queues = new Map<string, BoundedList<Call>>();
  #queuedSize = 0;

  constructor(parts: RouterParts) {
    this.#parts = parts;
  }

  /**
   * The calls that an event becomes. They share its correlation id, or a new one if it has none.
   * @param size what the event takes in the heap.
   */
  callsFor(event: ReceivedEvent, size: number): Call[] {
    const routes = this.#parts.flows.from(event.uuid, event.eventId);
    if (routes.length === 0) {
      return [];
    }
    const { correlationId = randomUUID() } = event;
    const flowEvent = new FlowEvent(event, correlationId);
    const calls: Call[] = [];
    // Flows without a mapping share it.
    let plain: string | undefined;
    for (const { compiled, join, index } of routes) {
      const { parameters, flow } = compiled;
      let json: string;
      if (parameters === undefined) {
        plain ??= tidyJson(writeParameters(event.dataText));
        json = plain;
      } else {
        const events = join === undefined ? [flowEvent] : join.add(index, flowEvent, size);
        if (events === undefined) {
          continue;
        }
        json = tidyJson(parameters(events) ?? "{}");
      }
      calls.push(makeCall(flow.to.uuid, flow.to.functionId, correlationId, json));
    }
    return calls;
  }

  /** Sends a call, or keeps it until its service registers. */
  dispatch(call: Call): void {
    const target = this.#parts.registry.get(call.uuid);
    if (target === undefined || !this.#send(target, call)) {
      this.#enqueue(call);
    }
  }

  /** Sends what waited for a service that has just registered. */
  deliver(target: Registration): void {
    const { uuid } = target.service;
    const queue = this.#removeQueue(uuid);
    for (const call of queue?.values() ?? []) {
      // Goes back into a queue if the service is gone again by now.
      this.dispatch(call);
    }
  }

  /** How many calls wait for a service. */
  queued(uuid: string): number {
    return this.#queues.get(uuid)?.length ?? 0;
  }

  /** How many calls wait, by service. */
  queues(): ReadonlyMap<string, number> {
    return new Map([...this.#queues].map(([uuid, queue]) => [uuid, queue.length]));
  }

  /** Drops what waits for services at which no flow ends any more. */
  dropOrphans(): void {
    for (const uuid of [...this.#queues.keys()]) {
      if (!this.#parts.flows.endsAt(uuid)) {
        this.#parts.counters.callsDropped += this.#removeQueue(uuid)?.length ?? 0;
      }
    }
  }

  #removeQueue(uuid: string): BoundedList<Call> | undefined {
    const queue = this.#queues.get(uuid);
    this.#queuedSize -= queue?.size ?? 0;
    this.#queues.delete(uuid);
    return queue;
  }

  #send(target: Registration, { uuid, functionId, message }: Call): boolean {
    const { log, send, counters } = this.#parts;
    // A flow may name a function with a leading slash that its service did not declare.
    if (!target.functionIds.has(functionId) && !target.functionIds.has(functionId.replace(/^\//, ""))) {
      const text = `${quoteForLog(uuid)} has no function ${quoteForLog(functionId)}, called by a flow`;
      this.#warn(uuid, text, target.connection.id);
    }
    const sent = send(target.connection, message);
    if (sent) {
      counters.callsSent += 1;
      if (log.enabled) {
        const text = `Call of ${quoteForLog(functionId)} of ${quoteForLog(uuid)}`;
        log.write({ level: "debug", uuid, message: text });
      }
    }
    return sent;
  }

  #enqueue(call: Call): void {
    const { uuid } = call;
    const { log, counters } = this.#parts;
    const queue = this.#queues.get(uuid) ?? this.#openQueue(uuid);
    if (queue === undefined) {
      return;
    }
    const before = queue.size;
    let dropped = queue.push(call, heapSize(call.message.text));
    while (this.#queuedSize - before + queue.size > MAX_TOTAL_SIZE && queue.length > 1) {
      queue.shift();
      dropped += 1;
    }
    this.#queuedSize += queue.size - before;
    counters.callsQueued += 1;
    counters.callsDropped += dropped;
    if (dropped > 0) {
      this.#warn(uuid, `The queue of ${quoteForLog(uuid)} is full: dropped its oldest call (${dropped})`);
    } else if (log.enabled) {
      const message = `${quoteForLog(uuid)} is offline: ${queue.length} queued`;
      log.write({ level: "debug", uuid, message });
    }
  }

  #openQueue(uuid: string): BoundedList<Call> | undefined {
    if (this.#queues.size >= MAX_QUEUES) {
      this.#parts.counters.callsDropped += 1;
      this.#warn(
        uuid,
        `Dropped a call of ${quoteForLog(uuid)}: calls wait for ${MAX_QUEUES} services already`,
      );
      return undefined;
    }
    const queue = new BoundedList<Call>(MAX_QUEUED_CALLS, MAX_QUEUED_SIZE);
    this.#queues.set(uuid, queue);
    this.#parts.trace.note("info", `${quoteForLog(uuid)} is offline: its calls wait`, undefined, uuid);
    return queue;
  }

  #warn(uuid: string, text: string, connectionId?: string): void {
    this.#parts.log.write({ level: "warn", uuid, message: text });
    this.#parts.trace.note("warn", text, connectionId, uuid);
  }
}

/** A call as it is sent. `parameters` is JSON text. */
export function makeCall(uuid: string, functionId: string, correlationId: string, parameters: string): Call {
  const text = writeCall(uuid, functionId, correlationId, parameters);
  return {
    uuid,
    functionId,
    message: { text, about: { kind: "C", uuid, name: functionId, correlationId } },
  };
}

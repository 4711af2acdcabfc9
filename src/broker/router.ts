import { BoundedList } from "./bounded-list.ts";
import type { ReceivedEvent } from "./event.ts";
import type { FlowTable } from "./flow.ts";
import { type LogFunction, quoteForLog } from "./log.ts";
import { writeCall, writeParameters } from "./messages.ts";
import type { Registration, Registry } from "./registry.ts";
import type { Connection } from "./transport/connection.ts";

/** Calls that wait for one service that is offline. */
const MAX_QUEUED_CALLS = 1_000;
/** The characters of all of them together; fits into what may wait in a socket. */
const MAX_QUEUED_SIZE = 16_000_000;

/** Sends messages to a connection; the one way out of the broker. False where the connection is not open. */
export type Send = (connection: Connection, ...messages: string[]) => boolean;

/** A function call on its way to a service. */
export interface Call {
  readonly uuid: string;
  readonly functionId: string;
  readonly message: string;
}

export interface RouterParts {
  readonly flows: FlowTable;
  readonly registry: Registry;
  readonly send: Send;
  readonly log: LogFunction;
}

/** Turns events into function calls, and keeps calls for services that are offline. */
export class Router {
  readonly #parts: RouterParts;
  readonly #queues = new Map<string, BoundedList<Call>>();

  constructor(parts: RouterParts) {
    this.#parts = parts;
  }

  /** The calls that an event becomes. Throws where its value is nested too deep to be written. */
  callsFor(event: ReceivedEvent): Call[] {
    const flows = this.#parts.flows.from(event.uuid, event.eventId);
    if (flows.length === 0) {
      return [];
    }
    const parameters = writeParameters(event.dataObject);
    return flows.map(({ to: { uuid, functionId } }) => ({
      uuid,
      functionId,
      message: writeCall(uuid, functionId, event.correlationId, parameters),
    }));
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
    const queue = this.#queues.get(uuid);
    this.#queues.delete(uuid);
    for (const call of queue?.values() ?? []) {
      // Goes back into a queue if the service is gone again by now.
      this.dispatch(call);
    }
  }

  /** How many calls wait for a service. */
  queued(uuid: string): number {
    return this.#queues.get(uuid)?.length ?? 0;
  }

  /** Drops what waits for services at which no flow ends any more. */
  dropOrphans(): void {
    for (const uuid of this.#queues.keys()) {
      if (!this.#parts.flows.endsAt(uuid)) {
        this.#queues.delete(uuid);
      }
    }
  }

  #send(target: Registration, { uuid, functionId, message }: Call): boolean {
    const { log, send } = this.#parts;
    // A flow may name a function with a leading slash that its service did not declare.
    if (!target.functionIds.has(functionId) && !target.functionIds.has(functionId.replace(/^\//, ""))) {
      log({
        level: "warn",
        uuid,
        message: `${quoteForLog(uuid)} has no function ${quoteForLog(functionId)}, called by a flow`,
      });
    }
    const sent = send(target.connection, message);
    if (sent) {
      log({ level: "info", uuid, message: `Call of ${quoteForLog(functionId)} of ${quoteForLog(uuid)}` });
    }
    return sent;
  }

  #enqueue(call: Call): void {
    const { uuid } = call;
    let queue = this.#queues.get(uuid);
    if (queue === undefined) {
      queue = new BoundedList(MAX_QUEUED_CALLS, MAX_QUEUED_SIZE);
      this.#queues.set(uuid, queue);
    }
    const dropped = queue.push(call, call.message.length);
    const { log } = this.#parts;
    if (dropped > 0) {
      log({
        level: "warn",
        uuid,
        message: `The queue of ${quoteForLog(uuid)} is full: dropped its oldest call (${dropped})`,
      });
    } else {
      log({ level: "info", uuid, message: `${quoteForLog(uuid)} is offline: ${queue.length} queued` });
    }
  }
}

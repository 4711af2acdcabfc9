import type { Call } from "../flows/calls.ts";
import { BoundedList } from "../support/bounded-list.ts";
import { heapSize } from "../support/limits.ts";

/** Calls that wait for one service that is offline. */
const MAX_QUEUED_CALLS = 1_000;
/** The characters of all of them together; fits into what may wait in a socket. */
const MAX_QUEUED_SIZE = 16_000_000;
/** The same for the calls of all services. */
const MAX_TOTAL_SIZE = 64_000_000;
/** Services that calls may wait for. */
export const MAX_QUEUES = 10_000;

/** The calls that wait for services that are offline. */
export class CallQueues {
  readonly #queues = new Map<string, BoundedList<Call>>();
  #size = 0;

  /** How many calls wait for a service. */
  count(uuid: string): number {
    return this.#queues.get(uuid)?.length ?? 0;
  }

  /** How many calls wait, by service. A copy. */
  counts(): ReadonlyMap<string, number> {
    return new Map([...this.#queues].map(([uuid, queue]) => [uuid, queue.length]));
  }

  has(uuid: string): boolean {
    return this.#queues.has(uuid);
  }

  /** Whether calls wait for as many services as they may. */
  get isFull(): boolean {
    return this.#queues.size >= MAX_QUEUES;
  }

  /** Adds a call at the end of its service's queue. @returns how many of the oldest had to go for it. */
  add(call: Call): number {
    const queue = this.#queues.get(call.uuid) ?? new BoundedList<Call>(MAX_QUEUED_CALLS, MAX_QUEUED_SIZE);
    this.#queues.set(call.uuid, queue);
    const before = queue.size;
    let dropped = queue.push(call, heapSize(call.text));
    while (this.#size - before + queue.size > MAX_TOTAL_SIZE && queue.length > 1) {
      queue.shift();
      dropped += 1;
    }
    this.#size += queue.size - before;
    return dropped;
  }

  /** Takes all calls of a service, oldest first. */
  takeAll(uuid: string): Call[] {
    const queue = this.#queues.get(uuid);
    if (queue === undefined) {
      return [];
    }
    this.#size -= queue.size;
    this.#queues.delete(uuid);
    return queue.values();
  }
}

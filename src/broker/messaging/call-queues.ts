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

interface Waiting {
  readonly call: Call;
  /** In milliseconds since 1970. */
  readonly since: number;
}

/** The calls that wait for one service. */
export interface WaitingCalls {
  readonly uuid: string;
  readonly count: number;
  /** Since when the oldest of them waits, and when the last one came, in milliseconds since 1970. */
  readonly since: number;
  readonly last: number;
}

/** The calls that wait for services that are offline. */
export class CallQueues {
  readonly #queues = new Map<string, BoundedList<Waiting>>();
  readonly #last = new Map<string, number>();
  #size = 0;

  /** How many calls wait for a service. */
  count(uuid: string): number {
    return this.#queues.get(uuid)?.length ?? 0;
  }

  /** Since when the oldest call of a service waits, in milliseconds since 1970. */
  oldestSince(uuid: string): number | undefined {
    return this.#queues.get(uuid)?.first()?.since;
  }

  /** How many calls wait, by service. A copy. */
  counts(): ReadonlyMap<string, number> {
    return new Map([...this.#queues].map(([uuid, queue]) => [uuid, queue.length]));
  }

  waiting(): WaitingCalls[] {
    return [...this.#queues].map(([uuid, queue]) => {
      const last = this.#last.get(uuid) ?? 0;
      return { uuid, count: queue.length, since: queue.first()?.since ?? last, last };
    });
  }

  has(uuid: string): boolean {
    return this.#queues.has(uuid);
  }

  /** Whether calls wait for as many services as they may. */
  get isFull(): boolean {
    return this.#queues.size >= MAX_QUEUES;
  }

  /** Adds a call at the end of its service's queue. The oldest there go for it, and itself if that is not enough: `onDropped` hears of each. */
  add(call: Call, onDropped: (call: Call) => void): void {
    const queue = this.#queues.get(call.uuid) ?? new BoundedList<Waiting>(MAX_QUEUED_CALLS, MAX_QUEUED_SIZE);
    this.#queues.set(call.uuid, queue);
    const now = Date.now();
    this.#last.set(call.uuid, now);
    const before = queue.size;
    queue.push({ call, since: now }, heapSize(call.text), (waiting) => onDropped(waiting.call));
    while (this.#size - before + queue.size > MAX_TOTAL_SIZE) {
      const oldest = queue.shift();
      if (oldest === undefined) {
        break;
      }
      onDropped(oldest.call);
    }
    this.#size += queue.size - before;
    if (queue.length === 0) {
      this.takeAll(call.uuid);
    }
  }

  /** Takes all calls of a service, oldest first. */
  takeAll(uuid: string): Call[] {
    const queue = this.#queues.get(uuid);
    if (queue === undefined) {
      return [];
    }
    this.#size -= queue.size;
    this.#queues.delete(uuid);
    this.#last.delete(uuid);
    return queue.values().map(({ call }) => call);
  }
}

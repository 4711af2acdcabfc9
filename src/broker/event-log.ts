import { describeError, MsbError } from "../errors.ts";
import type { EventFilter } from "./api.ts";
import { BoundedList } from "./bounded-list.ts";
import type { ReceivedEvent } from "./event.ts";

/** The characters of JSON text of all the events that are kept. */
const MAX_SIZE = 64_000_000;

interface Waiter {
  readonly matches: (event: ReceivedEvent) => boolean;
  readonly resolve: (event: ReceivedEvent) => void;
  readonly reject: (error: Error) => void;
}

/** The last events, and who waits for the next ones. */
export class EventLog {
  readonly #events: BoundedList<ReceivedEvent>;
  readonly #waiters = new Set<Waiter>();

  constructor(maxEvents: number) {
    this.#events = new BoundedList(maxEvents, MAX_SIZE);
  }

  get events(): readonly ReceivedEvent[] {
    return this.#events.values();
  }

  add(event: ReceivedEvent, size: number): void {
    this.#events.push(event, size);
    for (const waiter of [...this.#waiters]) {
      try {
        if (waiter.matches(event)) {
          waiter.resolve(event);
        }
      } catch (error) {
        waiter.reject(
          new MsbError("HANDLER_FAILED", `The filter of waitForEvent threw: ${describeError(error)}`, {
            cause: error,
          }),
        );
      }
    }
  }

  wait(filter: EventFilter<ReceivedEvent>, timeout: number): Promise<ReceivedEvent> {
    const promise = new Promise<ReceivedEvent>((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
      };
      const waiter: Waiter = {
        matches: toPredicate(filter),
        resolve: (event) => {
          end();
          resolve(event);
        },
        reject: (error) => {
          end();
          reject(error);
        },
      };
      const timer = setTimeout(() => {
        const wanted = typeof filter === "function" ? "" : ` ${JSON.stringify(filter)}`;
        waiter.reject(new MsbError("TIMEOUT", `No such event${wanted} arrived within ${timeout} ms.`));
      }, timeout);
      this.#waiters.add(waiter);
    });
    // A test that has already failed does not await it any more; that must not end the process.
    promise.catch(() => {});
    return promise;
  }

  clear(): void {
    this.#events.clear();
  }

  /** Ends all waiting. */
  close(): void {
    for (const waiter of [...this.#waiters]) {
      waiter.reject(new MsbError("DISCONNECTED", "The broker was closed while an event was waited for."));
    }
  }
}

function toPredicate(filter: EventFilter<ReceivedEvent>): (event: ReceivedEvent) => boolean {
  if (typeof filter === "function") {
    return filter;
  }
  const { uuid, eventId, correlationId } = filter;
  return (event) =>
    (uuid === undefined || event.uuid === uuid) &&
    (eventId === undefined || event.eventId === eventId) &&
    (correlationId === undefined || event.correlationId === correlationId);
}

import { AbortSignals } from "../../support/abort-signals.ts";
import type { Clock } from "../../support/clock.ts";
import { elapsed } from "../../support/elapsed.ts";
import { OrderedEmitter, type Unsubscribe } from "../../support/emitter.ts";
import { MsbError, reasonOf } from "../../support/errors.ts";
import type { LastValue, MachineEventInfo } from "./types.ts";
import { ValueStream } from "./value-stream.ts";

/** An event of the machine that came. */
export interface ReceivedValue extends MachineEventInfo {
  readonly value: unknown;
}

interface Arrived extends ReceivedValue {
  /** When, by a clock that only grows. */
  readonly at: number;
}

interface AbortableStream {
  readonly signal: AbortSignal | undefined;
  end(): void;
}

/** The events of a machine as they come: listeners, streams, and the last value of each. */
export class ReceivedEvents {
  readonly #machine: string;
  readonly #clock: Clock;
  readonly #report: (error: MsbError) => void;
  readonly #emitter: OrderedEmitter<Record<string, ReceivedValue>>;
  readonly #last = new Map<string, Arrived>();
  readonly #streams = new Set<ValueStream<unknown>>();
  readonly #signals = new AbortSignals<AbortableStream>(({ end }) => end());

  /** @param machine what error messages call it */
  constructor(machine: string, clock: Clock, report: (error: MsbError) => void) {
    this.#machine = machine;
    this.#clock = clock;
    this.#report = report;
    this.#emitter = new OrderedEmitter(
      (eventId, error) => this.#onListenerError(eventId, error),
      (callback) => clock.setTimeout(callback, 0),
    );
  }

  receive(received: ReceivedValue): void {
    this.#last.set(received.eventId, { ...received, at: elapsed(this.#clock) });
    this.#emitter.emit(received.eventId, received);
  }

  last(eventId: string): LastValue<unknown> | undefined {
    const last = this.#last.get(eventId);
    if (last === undefined) {
      return undefined;
    }
    const { at, ...received } = last;
    return { ...received, age: elapsed(this.#clock) - at };
  }

  on(eventId: string, listener: (received: ReceivedValue) => void): Unsubscribe {
    return this.#emitter.on(eventId, listener);
  }

  stream(eventId: string, bufferSize: number, signal: AbortSignal | undefined): ValueStream<unknown> {
    const abortable = { signal, end: (): void => void stream.return() };
    const stream = new ValueStream<unknown>({
      bufferSize,
      onDrop: () => this.#report(this.#tooSlow(eventId, bufferSize)),
      onEnd: () => {
        stopListening();
        this.#streams.delete(stream);
        this.#signals.release(abortable);
      },
    });
    const stopListening = this.#emitter.on(eventId, ({ value }) => stream.push(value));
    this.#streams.add(stream);
    if (signal?.aborted === true) {
      abortable.end();
    } else {
      this.#signals.watch(abortable);
    }
    return stream;
  }

  /** Ends the streams: nothing more comes. @param error if nobody asked for that */
  end(error: MsbError | undefined): void {
    for (const stream of [...this.#streams]) {
      stream.end(error);
    }
  }

  #tooSlow(eventId: string, bufferSize: number): MsbError {
    const message = `The reader of the event ${JSON.stringify(eventId)} of ${this.#machine} is too slow: ${bufferSize} values wait, and the oldest are dropped.`;
    return new MsbError("EVENT_DROPPED", message, { remedy: "The stream's `dropped` says how many." });
  }

  #onListenerError(eventId: string, error: unknown): void {
    const message = `A listener for the event ${JSON.stringify(eventId)} of ${this.#machine} failed: ${reasonOf(error)}.`;
    this.#report(new MsbError("HANDLER_FAILED", message, { cause: error }));
  }
}

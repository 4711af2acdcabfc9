import Denque from "denque";
import mitt, { type Emitter as Mitt } from "mitt";

export type Unsubscribe = () => void;

/** A listener threw, or its promise was rejected. */
type ListenerErrorHandler<Events> = <Type extends keyof Events>(
  type: Type,
  error: unknown,
  event: Events[Type],
) => void;

/** How many events of a type are told in one turn, when each comes out of a listener of the one before. */
const MAX_CHAIN = 10;

/**
 * Events with listeners that cannot harm each other: one that throws is reported, and the next one is called all the same.
 *
 * Listeners are called at once. Only what a listener causes of its own type waits until the others were called, so that all
 * hear of everything in the same order; and a chain that does not end goes on in later turns, so that the program lives.
 */
export class SafeEmitter<Events extends Record<string, unknown>> {
  readonly #mitt: Mitt<Events> = mitt<Events>();
  readonly #guarded = new Map<keyof Events, Map<unknown, (event: never) => void>>();
  /** Of the types that are being told: what is still to be told. */
  readonly #queues = new Map<keyof Events, Denque<Events[keyof Events]>>();
  readonly #onListenerError: ListenerErrorHandler<Events>;
  readonly #inLaterTurn: (callback: () => void) => void;

  constructor(onListenerError: ListenerErrorHandler<Events>, inLaterTurn: (callback: () => void) => void) {
    this.#onListenerError = onListenerError;
    this.#inLaterTurn = inLaterTurn;
  }

  /** The same listener added twice is called once. */
  on<Type extends keyof Events>(type: Type, listener: (event: Events[Type]) => void): Unsubscribe {
    const listeners = this.#guarded.get(type) ?? new Map<unknown, (event: never) => void>();
    this.#guarded.set(type, listeners);
    if (!listeners.has(listener)) {
      const guarded = (event: Events[Type]): void => this.#call(type, listener, event);
      listeners.set(listener, guarded);
      this.#mitt.on(type, guarded);
    }
    return () => this.off(type, listener);
  }

  off<Type extends keyof Events>(type: Type, listener: (event: Events[Type]) => void): void {
    const guarded = this.#guarded.get(type)?.get(listener);
    if (guarded === undefined) {
      return;
    }
    this.#guarded.get(type)?.delete(listener);
    this.#mitt.off(type, guarded as (event: Events[Type]) => void);
  }

  emit<Type extends keyof Events>(type: Type, event: Events[Type]): void {
    const queue = this.#queues.get(type);
    if (queue !== undefined) {
      queue.push(event);
      return;
    }
    const own = new Denque<Events[keyof Events]>([event]);
    this.#queues.set(type, own);
    this.#tell(type, own);
  }

  has(type: keyof Events): boolean {
    return (this.#guarded.get(type)?.size ?? 0) > 0;
  }

  #tell(type: keyof Events, queue: Denque<Events[keyof Events]>): void {
    for (let told = 0; told < MAX_CHAIN && queue.length > 0; told += 1) {
      this.#mitt.emit(type, queue.shift() as Events[keyof Events]);
    }
    if (queue.length === 0) {
      this.#queues.delete(type);
    } else {
      this.#inLaterTurn(() => this.#tell(type, queue));
    }
  }

  #call<Type extends keyof Events>(
    type: Type,
    listener: (event: Events[Type]) => void,
    event: Events[Type],
  ): void {
    try {
      // A listener may be async although its type says void; its rejection is its failure too.
      const returned: unknown = listener(event);
      if (returned instanceof Promise) {
        returned.catch((error) => this.#onListenerError(type, error, event));
      }
    } catch (error) {
      this.#onListenerError(type, error, event);
    }
  }
}

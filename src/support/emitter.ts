import mitt, { type Emitter } from "mitt";
import Queue from "yocto-queue";

/** Ends the listening that returned it. */
export type Unsubscribe = () => void;

interface Listener<Event> {
  (event: Event): void;
  /** The listener that this one calls once. */
  readonly once?: unknown;
}

/** A listener threw, or its promise was rejected. */
type ListenerErrorHandler<Events> = <Type extends keyof Events>(
  type: Type,
  error: unknown,
  event: Events[Type],
) => void;

/** Listeners that cannot harm each other: one that throws is reported, and the next one is called all the same. */
export class SafeEmitter<Events extends Record<string, unknown>> {
  readonly #mitt: Emitter<Events> = mitt<Events>();
  readonly #onListenerError: ListenerErrorHandler<Events>;

  constructor(onListenerError: ListenerErrorHandler<Events>) {
    this.#onListenerError = onListenerError;
  }

  /** The same listener added twice is called once. */
  on<Type extends keyof Events>(type: Type, listener: Listener<Events[Type]>): Unsubscribe {
    if (!this.#listeners(type).includes(listener)) {
      this.#mitt.on(type, listener);
    }
    return () => this.off(type, listener);
  }

  /** The same, for the next event only. */
  once<Type extends keyof Events>(type: Type, listener: Listener<Events[Type]>): Unsubscribe {
    const wrapper = (event: Events[Type]): void => {
      this.off(type, wrapper);
      // What it returns may be a promise that is rejected.
      return listener(event);
    };
    this.#mitt.on(type, Object.assign(wrapper, { once: listener }));
    return () => this.off(type, wrapper);
  }

  off<Type extends keyof Events>(type: Type, listener: Listener<Events[Type]>): void {
    const added = this.#listeners(type).find((each) => each === listener || (each.once ?? each) === listener);
    // Without a listener, mitt would remove all of them.
    if (added !== undefined) {
      this.#mitt.off(type, added);
    }
  }

  /** Calls the listeners at once. Not by mitt, whose `emit` ends at the first one that throws. */
  emit<Type extends keyof Events>(type: Type, event: Events[Type]): void {
    // A copy: listeners may add and remove others.
    for (const listener of [...this.#listeners(type)]) {
      this.#call(type, listener, event);
    }
  }

  has(type: keyof Events): boolean {
    // Asked for every message: without a list made for it.
    return (this.#mitt.all.get(type)?.length ?? 0) > 0;
  }

  clear(): void {
    this.#mitt.all.clear();
  }

  #listeners<Type extends keyof Events>(type: Type): readonly Listener<Events[Type]>[] {
    return (this.#mitt.all.get(type) ?? []) as Listener<Events[Type]>[];
  }

  #call<Type extends keyof Events>(type: Type, listener: Listener<Events[Type]>, event: Events[Type]): void {
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

/** How many events of a type are told in one turn, when each comes out of a listener of the one before. */
const MAX_CHAIN = 10;

/**
 * What a listener causes of its own type waits until the others were called, so that all hear of everything in the same
 * order; and a chain that does not end goes on in later turns, so that the program lives.
 */
export class OrderedEmitter<Events extends Record<string, unknown>> extends SafeEmitter<Events> {
  /** Of the types that are being told: what is still to be told. */
  readonly #queues = new Map<keyof Events, Queue<Events[keyof Events]>>();
  readonly #inLaterTurn: (callback: () => void) => void;

  constructor(onListenerError: ListenerErrorHandler<Events>, inLaterTurn: (callback: () => void) => void) {
    super(onListenerError);
    this.#inLaterTurn = inLaterTurn;
  }

  override emit<Type extends keyof Events>(type: Type, event: Events[Type]): void {
    const queue = this.#queues.get(type);
    if (queue !== undefined) {
      queue.enqueue(event);
      return;
    }
    const own = new Queue<Events[keyof Events]>();
    own.enqueue(event);
    this.#queues.set(type, own);
    this.#tell(type, own);
  }

  #tell(type: keyof Events, queue: Queue<Events[keyof Events]>): void {
    for (let told = 0; told < MAX_CHAIN && queue.size > 0; told += 1) {
      super.emit(type, queue.dequeue() as Events[keyof Events]);
    }
    if (queue.size === 0) {
      this.#queues.delete(type);
    } else {
      this.#inLaterTurn(() => this.#tell(type, queue));
    }
  }
}

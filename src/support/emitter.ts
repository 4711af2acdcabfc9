import Queue from "yocto-queue";

export type Unsubscribe = () => void;

type Listener<Event> = (event: Event) => void;

/** A listener threw, or its promise was rejected. */
type ListenerErrorHandler<Events> = <Type extends keyof Events>(
  type: Type,
  error: unknown,
  event: Events[Type],
) => void;

/** Listeners that cannot harm each other: one that throws is reported, and the next one is called all the same. */
export class SafeEmitter<Events extends Record<string, unknown>> {
  /** Types without listeners are not in it. */
  readonly #listeners = new Map<keyof Events, Set<Listener<never>>>();
  readonly #onListenerError: ListenerErrorHandler<Events>;

  constructor(onListenerError: ListenerErrorHandler<Events>) {
    this.#onListenerError = onListenerError;
  }

  /** The same listener added twice is called once. */
  on<Type extends keyof Events>(type: Type, listener: Listener<Events[Type]>): Unsubscribe {
    const listeners = this.#listeners.get(type);
    if (listeners === undefined) {
      this.#listeners.set(type, new Set([listener]));
    } else {
      listeners.add(listener);
    }
    return () => this.off(type, listener);
  }

  off<Type extends keyof Events>(type: Type, listener: Listener<Events[Type]>): void {
    const listeners = this.#listeners.get(type);
    listeners?.delete(listener);
    if (listeners?.size === 0) {
      this.#listeners.delete(type);
    }
  }

  /** Calls the listeners at once. */
  emit<Type extends keyof Events>(type: Type, event: Events[Type]): void {
    const listeners = this.#listeners.get(type) as ReadonlySet<Listener<Events[Type]>> | undefined;
    // A copy: listeners may add and remove others.
    for (const listener of [...(listeners ?? [])]) {
      this.#call(type, listener, event);
    }
  }

  has(type: keyof Events): boolean {
    return this.#listeners.has(type);
  }

  clear(): void {
    this.#listeners.clear();
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

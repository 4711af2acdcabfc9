import mitt, { type Emitter as Mitt } from "mitt";

export type Unsubscribe = () => void;

/**
 * Events with listeners that cannot harm each other: one that throws is reported, and the next one is called all the same.
 */
export class SafeEmitter<Events extends Record<string, unknown>> {
  readonly #mitt: Mitt<Events> = mitt<Events>();
  readonly #guarded = new Map<keyof Events, Map<unknown, (event: never) => void>>();
  readonly #onListenerError: (type: keyof Events, error: unknown) => void;

  constructor(onListenerError: (type: keyof Events, error: unknown) => void) {
    this.#onListenerError = onListenerError;
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
    if (guarded === undefined) return;
    this.#guarded.get(type)?.delete(listener);
    this.#mitt.off(type, guarded as (event: Events[Type]) => void);
  }

  emit<Type extends keyof Events>(type: Type, event: Events[Type]): void {
    this.#mitt.emit(type, event);
  }

  has(type: keyof Events): boolean {
    return (this.#guarded.get(type)?.size ?? 0) > 0;
  }

  #call<Type extends keyof Events>(
    type: Type,
    listener: (event: Events[Type]) => void,
    event: Events[Type],
  ): void {
    try {
      // A listener may be async although its type says void; its rejection is its failure too.
      const returned: unknown = listener(event);
      if (returned instanceof Promise) returned.catch((error) => this.#onListenerError(type, error));
    } catch (error) {
      this.#onListenerError(type, error);
    }
  }
}

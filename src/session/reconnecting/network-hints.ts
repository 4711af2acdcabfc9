/** Hints that the network may work again, so that an attempt to reconnect is worth making early. */
export interface NetworkHints {
  /** @returns a function that ends listening */
  listen(callback: () => void): () => void;
}

interface EventTargetLike {
  addEventListener?(type: string, listener: () => void): void;
  removeEventListener?(type: string, listener: () => void): void;
}

interface Scope extends EventTargetLike {
  readonly document?: EventTargetLike & { readonly visibilityState?: string };
  readonly navigator?: { readonly onLine?: boolean; readonly connection?: EventTargetLike };
}

type Listening = readonly [target: EventTargetLike | undefined, type: string, listener: () => void];

/** In browsers: the network is back, or the page has become visible. Elsewhere nothing ever happens. */
export const browserNetworkHints: NetworkHints = {
  listen(callback) {
    const scope = globalThis as unknown as Scope;
    const { document, navigator } = scope;
    let isOnLine = navigator?.onLine;
    const onChange = (): void => {
      const wasOnLine = isOnLine;
      isOnLine = navigator?.onLine;
      if (!wasOnLine && isOnLine) {
        callback();
      }
    };
    const listening: readonly Listening[] = [
      [scope, "online", callback],
      [document, "visibilitychange", () => document?.visibilityState === "visible" && callback()],
      // Workers of Chromium have no event `online`, but this one when the network comes and goes. Pages have both.
      [document === undefined ? navigator?.connection : undefined, "change", onChange],
    ];
    for (const [target, type, listener] of listening) {
      target?.addEventListener?.(type, listener);
    }
    return () => {
      for (const [target, type, listener] of listening) {
        target?.removeEventListener?.(type, listener);
      }
    };
  },
};

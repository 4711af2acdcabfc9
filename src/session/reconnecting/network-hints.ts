/** Hints that the network may work again, so that an attempt to reconnect is worth making early. */
export interface NetworkHints {
  /** @returns a function that ends listening */
  listen(callback: () => void): () => void;
}

interface EventTargetLike {
  addEventListener?(type: string, listener: () => void): void;
  removeEventListener?(type: string, listener: () => void): void;
}

/** In browsers: the network is back, or the page has become visible. Elsewhere nothing ever happens. */
export const browserNetworkHints: NetworkHints = {
  listen(callback) {
    const scope = globalThis as EventTargetLike & {
      document?: EventTargetLike & { visibilityState?: string };
    };
    const { document } = scope;
    if (document === undefined) {
      return () => {};
    }
    const onVisible = (): void => {
      if (document.visibilityState === "visible") {
        callback();
      }
    };
    scope.addEventListener?.("online", callback);
    document.addEventListener?.("visibilitychange", onVisible);
    return () => {
      scope.removeEventListener?.("online", callback);
      document.removeEventListener?.("visibilitychange", onVisible);
    };
  },
};

/** Tells when an attempt to reconnect may be worth making early. */
export interface WakeUp {
  /** @returns a function that ends listening */
  listen(callback: () => void): () => void;
}

interface EventTargetLike {
  addEventListener?(type: string, listener: () => void): void;
  removeEventListener?(type: string, listener: () => void): void;
}

/** In browsers: the network is back, or the page has become visible. Elsewhere nothing ever happens. */
export const browserWakeUp: WakeUp = {
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

export { type CachedEvent, type CacheEntry, EventCache } from "./event-cache.ts";
export { PersistentEvents } from "./persistent-events.ts";
export type { EventStore, StoreChange, StoreContent, StoredEvent } from "./store.ts";

export { type CachedEvent, type CacheEntry, EventCache, type WaitingItem } from "./event-cache.ts";
export { PersistentEvents } from "./persistent-events.ts";
export type { EventStore, StoreChange, StoredEvent, StoreKeys, StorePage } from "./store.ts";

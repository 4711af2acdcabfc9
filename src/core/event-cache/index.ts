export { CachedEvent, type EventTerms } from "./cached-event.ts";
export { EventCache } from "./event-cache.ts";
export { PersistentEvents } from "./persistent-events.ts";
export type { EventStore, StoreChange, StoredEvent, StoreKeys, StorePage } from "./store.ts";

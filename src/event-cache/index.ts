export { type CachedEvent, EventCache } from "./event-cache.ts";

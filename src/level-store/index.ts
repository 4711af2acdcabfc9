export { type LevelStoreOptions, levelStore } from "./level-store.ts";

export { classicScripts } from "./classic-scripts.ts";
export { makeRelative } from "./make-relative.ts";
export { PLACEHOLDER } from "./placeholder.ts";

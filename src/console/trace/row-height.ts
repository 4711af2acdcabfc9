import { signal } from "@preact/signals";

/** Where fingers point, or there is little room: the same as in trace.css. */
const query = matchMedia("(max-width: 50rem), (pointer: coarse)");
const isTall = signal(query.matches);
query.addEventListener("change", ({ matches }) => {
  isTall.value = matches;
});

/** In pixels: of one line, or of two. */
export function rowHeight(): number {
  return isTall.value ? 48 : 24;
}

import { bind } from "../components/binding.ts";
import { inAddress } from "../data/address.ts";
import { route } from "../data/route.ts";

/** How values are entered, everywhere on the page. */
const input = inAddress("input");
export const inputMode = bind<"fields" | "json">(
  () => (input.value === "json" ? "json" : "fields"),
  (mode) => {
    input.value = mode === "json" ? mode : undefined;
  },
);

/** What is open on the page of a service, after the beginning of its uuid: `b4f4c2ea~e.MEASURED,f.SET_SPEED`. */
const open = inAddress("open");

export type OpenKind = "e" | "f";

export function isOpen(uuid: string, kind: OpenKind, id: string): boolean {
  return keysOf(uuid).includes(keyOf(kind, id));
}

export function setOpen(uuid: string, kind: OpenKind, id: string, wanted: boolean): void {
  const key = keyOf(kind, id);
  const others = keysOf(uuid).filter((each) => each !== key);
  const all = wanted ? [...others, key] : others;
  open.value = all.length === 0 ? undefined : `${prefixOf(uuid)}${all.join(",")}`;
}

/** It is of no use where no service is shown. What is open on one service is not open on the next anyway. */
export function forgetOpen(): void {
  if (route.peek().view !== "service") {
    open.value = undefined;
  }
}

function keysOf(uuid: string): string[] {
  const prefix = prefixOf(uuid);
  return open.value?.startsWith(prefix) ? open.value.slice(prefix.length).split(",") : [];
}

function prefixOf(uuid: string): string {
  return `${encoded([...uuid].slice(0, 8).join(""))}~`;
}

function keyOf(kind: OpenKind, id: string): string {
  return `${kind}.${encoded(id)}`;
}

/** Half a surrogate pair cannot stand in an address. */
function encoded(id: string): string {
  return encodeURIComponent(id.replace(/\p{Cs}/gu, "?"));
}

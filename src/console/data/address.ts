import { effect, type Signal, signal } from "@preact/signals";

const readers = new Set<() => void>();
addEventListener("popstate", () => {
  for (const read of readers) {
    read();
  }
});

/** Changes a part of the address that another module shows, such as which flow is selected. */
export function putInAddress(name: string, value: string): void {
  const address = new URL(location.href);
  address.searchParams.set(name, value);
  history.replaceState(history.state, "", address);
  for (const read of readers) {
    read();
  }
}

/**
 * A part of what is shown that stands in the address, beside the route: `?flow=3#/flows`. It survives a reload, and can be sent.
 * A change makes no entry in the history: going back is going to another view.
 * @param name one parameter of the address; each has one signal, made where its module is loaded.
 * @returns `undefined` if it is not in the address.
 */
export function inAddress(name: string): Signal<string | undefined> {
  const read = () => new URL(location.href).searchParams.get(name) ?? undefined;
  const value = signal(read());
  readers.add(() => {
    value.value = read();
  });
  effect(() => {
    const address = new URL(location.href);
    if (value.value === undefined) {
      address.searchParams.delete(name);
    } else {
      address.searchParams.set(name, value.value);
    }
    if (address.href !== location.href) {
      history.replaceState(history.state, "", address);
    }
  });
  return value;
}

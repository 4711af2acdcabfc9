/** What a field shows and changes: a signal, or something that is read and written like one. */
export interface Binding<T> {
  value: T;
}

/** A binding to something that is not a signal itself, such as one member of a signal's value. */
export function bind<T>(get: () => T, set: (value: T) => void): Binding<T> {
  return {
    get value() {
      return get();
    },
    set value(value) {
      set(value);
    },
  };
}

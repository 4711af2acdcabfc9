/**
 * Makes something of each key, and keeps what it has made of the last ones.
 * @param size so many at least, and twice as many at most
 */
export function rememberRecent<Key, Value>(size: number, make: (key: Key) => Value): (key: Key) => Value {
  let recent = new Map<Key, Value>();
  let older = new Map<Key, Value>();
  return (key) => {
    const known = recent.get(key);
    if (known !== undefined) {
      return known;
    }
    const value = older.get(key) ?? make(key);
    if (recent.size >= size) {
      [older, recent] = [recent, new Map()];
    }
    recent.set(key, value);
    return value;
  };
}

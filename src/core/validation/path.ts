/** `@class` and `@id` are the MSB's own. */
const PLAIN_KEY = /^[A-Za-z_$@][\w$-]*$/;

/** A path in a value as text: `dataObject.limits[0].max`. The whole may have no name: `limits[0]`. */
export function formatPath(root: string, path: readonly PropertyKey[]): string {
  let text = root;
  for (const step of path) {
    text = typeof step === "number" ? `${text}[${step}]` : memberOf(text, String(step));
  }
  return text;
}

/** The path of a member: `dataObject.limits` or `dataObject["the limits"]`. */
export function memberOf(path: string, key: string): string {
  return inside(path, PLAIN_KEY.test(key) ? key : `[${JSON.stringify(key)}]`);
}

/** A path in a part of what has another path. */
export function inside(outer: string, path: string): string {
  return outer === "" || path === "" || path.startsWith("[") ? outer + path : `${outer}.${path}`;
}

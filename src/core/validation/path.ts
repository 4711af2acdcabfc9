/** `@class` and `@id` are the MSB's own. */
const PLAIN_KEY = /^[A-Za-z_$@][\w$-]*$/;

/** A path in a value as text: `dataObject.limits[0].max`. */
export function formatPath(root: string, path: readonly PropertyKey[]): string {
  let text = root;
  for (const step of path) {
    text += typeof step === "number" ? `[${step}]` : memberStep(String(step));
  }
  // The whole has no name: `limits[0]`.
  return root === "" && text.startsWith(".") ? text.slice(1) : text;
}

export function memberStep(key: string): string {
  return PLAIN_KEY.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

/** `@class` and `@id` are the MSB's own. */
const PLAIN_KEY = /^[A-Za-z_$@][\w$-]*$/;

/** A path in a value as text: `dataObject.limits[0].max`. */
export function formatPath(root: string, path: readonly PropertyKey[]): string {
  let text = root;
  for (const step of path) {
    text += typeof step === "number" ? `[${step}]` : memberStep(String(step));
  }
  // the whole has no name: `limits[0]`
  return root === "" && text.startsWith(".") ? text.slice(1) : text;
}

/** A path in a JSON schema (`properties`, `limits`, `items`) as the path of the values it describes: `dataObject.limits[]`. */
export function formatSchemaPath(root: string, path: readonly PropertyKey[]): string {
  let text = root;
  for (let i = 0; i < path.length; i++) {
    const keyword = path[i];
    if (keyword === "properties") {
      i++;
      text += memberStep(String(path[i]));
    } else if (keyword === "items") {
      text += "[]";
      // the position in a tuple
      if (typeof path[i + 1] === "number") {
        i++;
      }
    } else if (keyword === "additionalProperties" || keyword === "patternProperties") {
      text += ".*";
    }
  }
  return text;
}

export function memberStep(key: string): string {
  return PLAIN_KEY.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

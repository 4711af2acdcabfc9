const BASE = "/websocket/data";

/** What a path of the websocket interface stands for. */
export type EndpointPath =
  | { readonly kind: "info" | "sockjs" | "raw"; readonly path: string }
  | { readonly kind: "other"; readonly path: string };

/**
 * Reads a request's URL as leniently as the clients need it: doubled slashes count as one, and a trailing slash does not
 * count. The query is left out.
 */
export function readPath(url: string | undefined): EndpointPath {
  const path = normalisePath(url);
  if (path === `${BASE}/info`) {
    return { kind: "info", path };
  }
  if (path === `${BASE}/websocket`) {
    return { kind: "raw", path };
  }
  // Server 0 to 999, then the session.
  if (/^\/websocket\/data\/\d{1,3}\/[^/.]+\/websocket$/.test(path)) {
    return { kind: "sockjs", path };
  }
  return { kind: "other", path };
}

function normalisePath(url = "/"): string {
  const path = collapseSlashes(url).split(/[?#]/, 1)[0] ?? "";
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

/** The URL of a request with single slashes in its path; the query stays as it is. */
export function collapseSlashes(url = "/"): string {
  const [path = "", query] = url.split(/(?=[?#])(.*)/s, 2);
  return `${path.replace(/\/{2,}/g, "/")}${query ?? ""}`;
}

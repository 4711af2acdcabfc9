const BASE = "/websocket/data";

/** What a path stands for: the websocket interface with or without SockJS, its two documents, or something else. */
export type EndpointKind = "welcome" | "info" | "sockjs" | "raw" | "other";

/**
 * Reads a request's URL as leniently as Spring: doubled slashes count as one, and neither a trailing slash nor the query
 * counts.
 */
export function readPath(url: string | undefined): EndpointKind {
  const path = normalisePath(url);
  switch (path) {
    case BASE:
      return "welcome";
    case `${BASE}/info`:
      return "info";
    case `${BASE}/websocket`:
      return "raw";
    default:
      // Server (without a dot), and session.
      return /^\/websocket\/data\/[^/.]+\/[^/]+\/websocket$/.test(path) ? "sockjs" : "other";
  }
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

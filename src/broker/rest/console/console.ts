import type { Hono } from "hono";

/** A file of the console page. */
export interface ConsoleAsset {
  /** Such as `text/html; charset=utf-8`. */
  readonly type: string;
  /** Asked for by each request. */
  readonly body: () => Promise<string>;
}

/** The files of the console page by path: `/` is the page itself. */
export type ConsoleAssets = ReadonlyMap<string, ConsoleAsset>;

/** The page loads nothing from elsewhere, and nobody can show it in a frame. */
export const PAGE_HEADERS = {
  "Content-Security-Policy":
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  // Not "no-referrer": the form for the token would then come from the origin "null".
  "Referrer-Policy": "same-origin",
  "Cache-Control": "no-cache",
};

/** Serves the console page. Token and protection against other pages are those of the whole app. */
export function mountConsole(app: Hono, assets: ConsoleAssets): void {
  for (const [path, { type, body }] of assets) {
    app.get(path, async (c) => c.body(await body(), 200, { ...PAGE_HEADERS, "Content-Type": type }));
  }
}

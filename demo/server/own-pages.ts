// Whose requests are done: those of this server's own pages, and of programs. Any other page that is open in a browser could send some, too.
import { isIP } from "node:net";
import type { MiddlewareHandler } from "hono";
import { OWN_NAMES } from "./addresses.ts";

/**
 * Refuses the requests of other pages with 403, and those for a name that is not this computer's with 421.
 * @param moreNames names that somebody has given it, in lower case
 */
export function onlyOwnPages(moreNames: readonly string[]): MiddlewareHandler {
  const names = new Set([...OWN_NAMES, ...moreNames]);
  return async (c, next) => {
    const host = c.req.header("host") ?? "";
    // A page can let a name of its own point to here, and would then be this server's own page.
    if (!isOwnName(host, names)) {
      return c.json({ message: "This is not a name of this computer." }, 421);
    }
    const origin = c.req.header("origin");
    const site = c.req.header("sec-fetch-site") ?? "none";
    const isOwn = origin === undefined ? isHarmless(site) : hostOf(origin) === host;
    // A link to here from elsewhere is only looked at.
    if (!isOwn && !(c.req.method === "GET" && c.req.header("sec-fetch-mode") === "navigate")) {
      return c.json({ message: "Only the pages of this server may ask for this." }, 403);
    }
    return next();
  };
}

/** Of a request that names no origin. */
function isHarmless(site: string): boolean {
  return site === "same-origin" || site === "none";
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

function isOwnName(host: string, names: ReadonlySet<string>): boolean {
  const name = host.replace(/:\d+$/, "").toLowerCase();
  return isIP(name.replace(/^\[(.*)\]$/, "$1")) !== 0 || names.has(name);
}

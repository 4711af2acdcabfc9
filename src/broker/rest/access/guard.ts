import type { Context, MiddlewareHandler } from "hono";
import { type Access, type Denial, denyOrigin } from "../../transport/access.ts";
import { problem } from "../problem.ts";

/**
 * Refuses what web pages of others could do to a broker on the user's computer; {@link Access} says how they are told. Pages
 * that an option lets in get the CORS headers that browsers ask for; no others ever do.
 */
export function refuseForeignPages(
  access: Access,
  onDenied: (c: Context, denial: Denial) => void,
): MiddlewareHandler {
  const refuse = (c: Context, denial: Denial) => {
    onDenied(c, denial);
    return problem(denial.status, denial.error);
  };
  return async (c, next) => {
    const denial = access.denyHost(c.req.header("host"));
    if (denial !== undefined) {
      return refuse(c, denial);
    }
    const origin = c.req.header("origin");
    if (origin === undefined) {
      return isCrossSite(c) ? refuse(c, denyOrigin(undefined)) : next();
    }
    if (isOwn(origin, c)) {
      return next();
    }
    return access.isAllowed(origin) ? allow(origin, c, next) : refuse(c, denyOrigin(origin));
  };
}

/** Some requests of pages name no origin. */
function isCrossSite(c: Context): boolean {
  const site = c.req.header("sec-fetch-site");
  // A link from elsewhere to the console is harmless: a page that is navigated to cannot be read from there.
  return (site === "cross-site" || site === "same-site") && c.req.header("sec-fetch-mode") !== "navigate";
}

/** Behind a proxy that ends TLS the scheme differs; the host says enough. */
function isOwn(origin: string, c: Context): boolean {
  return URL.canParse(origin) && new URL(origin).host === c.req.header("host");
}

/** Without credentials: the cookie of the console is not for other pages. */
async function allow(origin: string, c: Context, next: () => Promise<void>) {
  const isPreflight =
    c.req.method === "OPTIONS" && c.req.header("access-control-request-method") !== undefined;
  if (isPreflight) {
    c.header("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE");
    c.header("Access-Control-Allow-Headers", "Authorization, Content-Type, Last-Event-ID");
    c.header("Access-Control-Max-Age", "600");
    c.res = c.body(null, 204);
  } else {
    await next();
  }
  c.header("Access-Control-Allow-Origin", origin);
  c.header("Vary", "Origin", { append: true });
}

import { createHash, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { isLoopback } from "../client-url.ts";
import { problem } from "./problem.ts";

/**
 * Refuses what web pages of others could do to a broker on the user's computer.
 *
 * - By DNS rebinding, a page reaches 127.0.0.1 under a name of its own: the `Host` header tells, so on this computer's own
 *   addresses only their names are taken. (On others a token is needed, which such a page does not have.)
 * - By a plain cross-site request: browsers name the page in `Origin`. No CORS header is ever sent, either.
 */
export function refuseForeignPages(host: string): MiddlewareHandler {
  const onlyLocalNames = isLoopback(host);
  return async (c, next) => {
    const asked = hostName(c.req.header("host"));
    if (onlyLocalNames && !isLoopback(asked)) {
      const names = "localhost, 127.0.0.1 or [::1]";
      return problem(421, `The host ${JSON.stringify(asked)} is not this broker. Ask for ${names}.`);
    }
    if (isCrossSite(c)) {
      return problem(403, "Requests of other web pages are refused.");
    }
    return next();
  };
}

function isCrossSite(c: Context): boolean {
  const origin = c.req.header("origin");
  if (origin !== undefined) {
    return origin !== new URL(c.req.url).origin && !isSameHost(origin, c.req.header("host"));
  }
  const site = c.req.header("sec-fetch-site");
  // A link from elsewhere to the console is harmless: a page that is navigated to cannot be read from there.
  return (site === "cross-site" || site === "same-site") && c.req.header("sec-fetch-mode") !== "navigate";
}

/** Behind a proxy that ends TLS the scheme differs; the host says enough. */
function isSameHost(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}

function hostName(host = ""): string {
  return host.replace(/:\d+$/, "");
}

/**
 * Lets only those in who bring the token: `Authorization: Bearer …`, `?token=…`, or the cookie that is set after that, so that
 * a page's own files, requests and event streams need not bring it.
 */
export function requireToken(token: string, cookieName: () => string): MiddlewareHandler {
  const wanted = digest(token);
  const isRight = (given: string | undefined) =>
    given !== undefined && timingSafeEqual(digest(given), wanted);
  return async (c, next) => {
    const [, bearer] = /^Bearer +(.+)$/i.exec(c.req.header("authorization") ?? "") ?? [];
    if (isRight(bearer) || isRight(getCookie(c, cookieName()))) {
      return next();
    }
    if (isRight(c.req.query("token"))) {
      await next();
      setCookie(c, cookieName(), token, { httpOnly: true, sameSite: "Strict", path: "/" });
      return;
    }
    return problem(401, "The broker's token is needed: Authorization: Bearer TOKEN, or ?token=TOKEN.", {
      "WWW-Authenticate": "Bearer",
    });
  };
}

/** Of one length, whatever is given, so that comparing takes the same time. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

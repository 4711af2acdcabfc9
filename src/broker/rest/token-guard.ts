import { createHash, timingSafeEqual } from "node:crypto";
import type { HttpBindings } from "@hono/node-server";
import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { readText } from "./body.ts";
import { problem } from "./problem.ts";
import type { TokenGuesses } from "./token-guesses.ts";
import { tokenPage } from "./token-page.ts";

/**
 * Lets only those in who bring the token: `Authorization: Bearer …`, the password of `Authorization: Basic …`, `?token=…`, the
 * form that browsers get, or the cookie that is set after that, so that a page's own files, requests and event streams need
 * not bring it.
 */
export function requireToken(token: string, guesses: TokenGuesses): MiddlewareHandler {
  const wanted = digest(token);
  return async (c, next) => {
    const { socket } = (c.env as HttpBindings).incoming;
    const address = socket.remoteAddress ?? "";
    const cookie = cookieName(socket.localPort);
    const form = await readForm(c);
    const query = c.req.query("token");
    const given = [form, query, ...readAuthorization(c), getCookie(c, cookie)]
      .filter((each) => each !== undefined)
      .map((each) => ({ isNew: each === form || each === query, digest: digest(each) }));
    const wait = given.length === 0 ? 0 : guesses.wait(address);
    if (wait > 0) {
      // Not even looked at: otherwise guessing would be as fast as ever.
      return refuse(c, 429, `Too many wrong tokens. Try again in ${seconds(wait)} s.`, {
        "Retry-After": String(seconds(wait)),
      });
    }
    const right = given.filter((each) => timingSafeEqual(each.digest, wanted));
    if (right.length === 0) {
      for (const each of given) {
        guesses.wrong(address, each.digest.toString("hex"));
      }
      return refuse(c, 401, given.length === 0 ? undefined : "Wrong token.", {
        "WWW-Authenticate": isBrowser(c) ? "Bearer" : 'Bearer, Basic realm="MSB development broker"',
      });
    }
    guesses.right(address);
    if (form === undefined) {
      await next();
    } else {
      c.res = c.redirect(withoutToken(c.req.url), 303);
    }
    if (right.some(({ isNew }) => isNew)) {
      const secure = c.req.url.startsWith("https:");
      setCookie(c, cookie, token, { httpOnly: true, sameSite: "Strict", path: "/", secure });
    }
    return c.res;
  };
}

/** Cookies do not know ports, so that the name has to. */
function cookieName(port = 0): string {
  return `msb_broker_${port}`;
}

/** What the form of the token page sends. */
async function readForm(c: Context): Promise<string | undefined> {
  const type = c.req.header("content-type") ?? "";
  if (c.req.method !== "POST" || !wantsPage(c) || !type.startsWith("application/x-www-form-urlencoded")) {
    return undefined;
  }
  return new URLSearchParams(await readText(c)).get("token") ?? undefined;
}

function readAuthorization(c: Context): string[] {
  const [, scheme = "", value = ""] =
    /^(Bearer|Basic) +(.+)$/i.exec(c.req.header("authorization") ?? "") ?? [];
  switch (scheme.toLowerCase()) {
    case "bearer":
      return [value];
    case "basic":
      return [
        Buffer.from(value, "base64")
          .toString("utf8")
          .replace(/^[^:]*:/, ""),
      ];
    default:
      return [];
  }
}

/** A page for whoever looks at it, JSON for programs. */
function refuse(
  c: Context,
  status: 401 | 429,
  problemWithIt: string | undefined,
  headers: Record<string, string>,
) {
  if (wantsPage(c)) {
    return tokenPage(status, problemWithIt, headers);
  }
  const hint = "The broker's token is needed: Authorization: Bearer TOKEN, or ?token=TOKEN.";
  const error = status === 429 ? problemWithIt : [problemWithIt, hint].filter(Boolean).join(" ");
  return problem(status, error ?? hint, headers);
}

function wantsPage(c: Context): boolean {
  return c.req.header("accept")?.includes("text/html") === true;
}

/** A browser would ask for name and password in a window of its own. */
function isBrowser(c: Context): boolean {
  return (
    c.req.header("sec-fetch-mode") !== undefined ||
    c.req.header("user-agent")?.startsWith("Mozilla/") === true
  );
}

/** Path and query, to go on with. */
function withoutToken(url: string): string {
  const { pathname, searchParams } = new URL(url);
  searchParams.delete("token");
  return searchParams.size === 0 ? pathname : `${pathname}?${searchParams}`;
}

function seconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1_000);
}

/** Of one length, whatever is given, so that comparing takes the same time. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

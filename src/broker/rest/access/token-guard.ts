import { createHash, timingSafeEqual } from "node:crypto";
import type { HttpBindings } from "@hono/node-server";
import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { problem } from "../problem.ts";
import { readText, wantsPage } from "../request.ts";
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
    const typed = [form, c.req.query("token")].flatMap(toDigest);
    const given = [...typed, ...[...readAuthorization(c), getCookie(c, cookie)].flatMap(toDigest)];
    const wait = given.length === 0 ? 0 : guesses.wait(address);
    if (wait > 0) {
      // Not even looked at: otherwise guessing would be as fast as ever.
      return refuseForNow(c, Math.ceil(wait / 1_000));
    }
    const isRight = (each: Buffer) => timingSafeEqual(each, wanted);
    if (!given.some(isRight)) {
      for (const each of given) {
        guesses.wrong(address, each.toString("hex"));
      }
      return refuse(c, given.length > 0);
    }
    if (form === undefined) {
      await next();
    } else {
      c.res = c.redirect(withoutToken(c.req.url), 303);
    }
    if (typed.some(isRight)) {
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
function refuse(c: Context, isWrong: boolean): Response {
  const headers = {
    "WWW-Authenticate": isBrowser(c) ? "Bearer" : 'Bearer, Basic realm="MSB development broker"',
  };
  if (wantsPage(c)) {
    return tokenPage(401, isWrong ? "Wrong token." : undefined, headers);
  }
  const hint = "The broker's token is needed: Authorization: Bearer TOKEN, or ?token=TOKEN.";
  return problem(401, isWrong ? `Wrong token. ${hint}` : hint, headers);
}

function refuseForNow(c: Context, seconds: number): Response {
  const error = `Too many wrong tokens. Try again in ${seconds} s.`;
  const headers = { "Retry-After": String(seconds) };
  return wantsPage(c) ? tokenPage(429, error, headers) : problem(429, error, headers);
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

function toDigest(text: string | undefined): Buffer[] {
  return text === undefined ? [] : [digest(text)];
}

/** Of one length, whatever is given, so that comparing takes the same time. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

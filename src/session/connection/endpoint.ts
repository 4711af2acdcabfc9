import { customAlphabet } from "nanoid";
import type { Framing } from "../../core/codec/index.ts";
import { MsbError } from "../../support/errors.ts";

const SOCKET_SCHEMES: Readonly<Record<string, string>> = {
  "http:": "ws:",
  "https:": "wss:",
  "ws:": "ws:",
  "wss:": "wss:",
};

const firstDigit = customAlphabet("123456789", 1);
const digits = customAlphabet("0123456789", 2);
const sessionId = customAlphabet("0123456789abcdef", 32);

/**
 * The base of the socket URLs, without a trailing slash: `ws://host:port/path` of a URL in any of the four schemes.
 * @throws {MsbError} `INVALID_URL`.
 */
export function parseMsbUrl(url: string): string {
  const parsed = typeof url === "string" ? tryParse(url.trim()) : undefined;
  const problem = findProblem(url, parsed);
  if (parsed === undefined || problem !== undefined) {
    throw new MsbError("INVALID_URL", `The URL of the MSB ${JSON.stringify(url)} ${problem}.`, {
      remedy:
        "Give http://, https://, ws:// or wss:// with host, port and path, such as wss://msb.example:8084.",
    });
  }
  const base = `${SOCKET_SCHEMES[parsed.protocol]}//${parsed.host}${parsed.pathname.replace(/\/+$/, "")}`;
  // The caller's own string if it can be: any number of clients then share it.
  return base === url ? url : base;
}

/** The URL to dial; with SockJS a new one for every connection. Source: docs/reference/protocol.md#where. */
export function socketUrl(base: string, framing: Framing): string {
  if (framing.name === "raw") {
    return `${base}/websocket/data/websocket`;
  }
  return `${base}/websocket/data/${firstDigit()}${digits()}/${sessionId()}/websocket`;
}

function tryParse(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}

function findProblem(url: unknown, parsed: URL | undefined): string | undefined {
  if (typeof url !== "string") {
    return "is not a string";
  }
  if (url.trim() === "") {
    return "is empty";
  }
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(url.trim())) {
    return "has no scheme";
  }
  if (parsed === undefined) {
    return "cannot be read";
  }
  if (!(parsed.protocol in SOCKET_SCHEMES)) {
    return `has the scheme ${parsed.protocol}//, which the MSB does not use`;
  }
  if (parsed.username !== "" || parsed.password !== "") {
    return "holds credentials, which the MSB does not take";
  }
  if (parsed.search !== "" || parsed.hash !== "") {
    return "has a query or a fragment, which the MSB does not take";
  }
  return undefined;
}

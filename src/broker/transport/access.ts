import { isIP } from "node:net";
import { hostname } from "node:os";
import { isLoopback } from "./client-url.ts";

export interface AccessOptions {
  /** The address that the broker listens on. */
  readonly host: string;
  /** Names besides this computer's under which it may be asked for, in lower case. */
  readonly allowHosts: readonly string[];
  /** Origins of pages that may use it; `*` for all. */
  readonly allowOrigins: readonly string[];
}

/** Why a request is refused. */
export interface Denial {
  readonly status: 403 | 421;
  readonly error: string;
}

/** What a request says about where it comes from. */
export interface RequestSource {
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

/**
 * Tells a user's programs and pages from the pages of others.
 *
 * - By DNS rebinding, a page reaches 127.0.0.1 under a name of its own: the `Host` header tells, so on this computer's own
 *   addresses only their names are taken.
 * - Browsers name the page in `Origin`. Programs send none.
 */
export class Access {
  readonly #options: AccessOptions;
  readonly #ownName = hostname().toLowerCase();

  constructor(options: AccessOptions) {
    this.#options = options;
  }

  /** Whether the broker may be asked for under this name. */
  denyHost(host: string | undefined): Denial | undefined {
    // On other addresses, programs may know it by any name; pages are told by their origin.
    if (!isLoopback(this.#options.host) || this.#isKnown(hostName(host))) {
      return undefined;
    }
    const name = quote(hostName(host));
    return {
      status: 421,
      error: `The host ${name} is not a name of this computer. Ask for localhost, 127.0.0.1 or [::1], or start the broker with --allow-host ${hostName(host)} (in code: allowHosts: [${name}]).`,
    };
  }

  /** Whether whoever sent this may open a websocket. */
  denyWebSocket(source: RequestSource): Denial | undefined {
    return this.denyHost(source.host) ?? (this.#mayConnect(source) ? undefined : denyOrigin(source.origin));
  }

  /** Whether an option lets in the pages of this origin. */
  isAllowed(origin: string): boolean {
    const { allowOrigins } = this.#options;
    return allowOrigins.includes("*") || allowOrigins.includes(origin.toLowerCase());
  }

  #mayConnect({ host, origin }: RequestSource): boolean {
    if (origin === undefined || this.isAllowed(origin)) {
      return true;
    }
    if (!URL.canParse(origin)) {
      return false;
    }
    const page = new URL(origin);
    // Its own page only under a name that is known: under any other, every page that rebinds its name would be its own.
    return isLoopback(page.hostname) || (page.host === host && this.#isKnown(page.hostname));
  }

  /** An address is not a name that somebody could let point to here. */
  #isKnown(name: string): boolean {
    const { host, allowHosts } = this.#options;
    const isAddress = isIP(name.replace(/^\[(.*)\]$/, "$1")) !== 0;
    return isAddress || isLoopback(name) || [host, this.#ownName, ...allowHosts].includes(name);
  }
}

/** @param origin `undefined` for what a browser sent without naming the page. */
export function denyOrigin(origin: string | undefined): Denial {
  if (origin === undefined) {
    const error =
      "Requests of other web pages are refused. Start the broker with --allow-origin ORIGIN (in code: allowOrigins), and let the page send its origin.";
    return { status: 403, error };
  }
  const name = quote(origin);
  return {
    status: 403,
    error: `Pages of ${name} are refused. Start the broker with --allow-origin ${origin.slice(0, 200)} (in code: allowOrigins: [${name}]) to let them in.`,
  };
}

function hostName(host = ""): string {
  return host.replace(/:\d+$/, "").toLowerCase().slice(0, 200);
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 200));
}

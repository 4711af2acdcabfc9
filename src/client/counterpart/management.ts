import { throwIfAborted } from "../../support/abort.ts";
import { clip } from "../../support/clip.ts";
import { MsbConnectionError, MsbError, reasonOf } from "../../support/errors.ts";
import { isRecord } from "../../support/is-record.ts";
import type { DeployFlowsOptions } from "./deploy-flows-options.ts";
import type { Flow } from "./existing-flow.ts";

/** Milliseconds. */
const REQUEST_TIMEOUT = 30_000;

const SUBJECT = "deployFlows()";

const REMEDY =
  "Is it running, and the management of an MSB? For a page it must allow the page's origin; the development broker does with --allow-origin.";

const PORT_REMEDY =
  "Browsers and Node.js let nobody fetch from this port. Let the management listen on another one.";

const REST_REMEDY = "Give http:// or https:// with host and port, such as http://127.0.0.1:8085.";

/** A request about integration flows. */
export type FlowRequest = (method: string, path: string, body?: object) => Promise<Answer>;

/** What a request was answered with. */
export interface Answer {
  readonly subject: string;
  readonly text: string;
}

/**
 * The management of an MSB.
 * @param signal ends any request
 * @throws {MsbError} `INVALID_URL`.
 */
export function managementOf(
  restUrl: string,
  headers: DeployFlowsOptions["headers"],
  signal: AbortSignal | undefined,
): FlowRequest {
  const base = readBase(restUrl);
  const allHeaders = new Headers(headers);
  allHeaders.set("content-type", "application/json");
  return (method, path, body) => {
    const init = {
      method,
      headers: allHeaders,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      // Followed, a POST would become a GET, and nothing would be created.
      redirect: "manual",
    } as const;
    return send(`${base}/integrationFlow/${path}`, init, signal);
  };
}

/** @param signal that of the user */
async function send(
  url: string,
  init: RequestInit & { readonly method: string },
  signal: AbortSignal | undefined,
): Promise<Answer> {
  throwIfAborted(signal, SUBJECT);
  const subject = `${init.method} ${url}`;
  // AbortSignal.any() would do, but is not everywhere where this runs.
  const ending = new AbortController();
  for (const limit of [signal, AbortSignal.timeout(REQUEST_TIMEOUT)]) {
    limit?.addEventListener("abort", () => ending.abort(limit.reason), { signal: ending.signal });
  }
  let status: number;
  let text: string;
  try {
    const response = await fetch(url, { ...init, signal: ending.signal });
    status = response.status;
    text = await response.text();
  } catch (cause) {
    throwIfAborted(signal, SUBJECT);
    // Node.js says why only there.
    const { cause: reason = cause } = cause as Error;
    const problem = reasonOf(reason);
    throw new MsbConnectionError("CONNECT_FAILED", `${subject} failed: ${problem}.`, {
      cause,
      remedy: problem === "bad port" ? PORT_REMEDY : REMEDY,
    });
  } finally {
    // It takes the listeners off.
    ending.abort();
  }
  if (status < 200 || status > 299) {
    throw new MsbError("REFUSED", `${subject} was answered with ${status}: ${clip(text)}`);
  }
  return { subject, text };
}

/** The flows that are there. */
export function readList({ subject, text }: Answer): Flow[] {
  const list = text === "" ? [] : parse(text);
  // Taken for an empty list, it would create all flows once more.
  if (!Array.isArray(list)) {
    const message = `${subject} was not answered with an array of flows: ${clip(text)}`;
    throw new MsbError("BAD_MESSAGE", message, { remedy: "Is it the management of an MSB?" });
  }
  return list.filter(isRecord);
}

/** A flow that was created. Of what else succeeds the status says enough. */
export function readFlow({ text }: Answer): Flow {
  const flow = parse(text);
  return isRecord(flow) ? flow : {};
}

/** JSON; else `undefined`. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @throws {MsbError} `INVALID_URL`. */
function readBase(restUrl: string): string {
  const subject = "The URL of the MSB's management";
  const problem = `${subject} ${JSON.stringify(restUrl)} is not one`;
  let url: URL;
  try {
    url = new URL(restUrl);
  } catch (cause) {
    throw new MsbError("INVALID_URL", `${problem}.`, { cause, remedy: REST_REMEDY });
  }
  // Credentials and queries may be secret, so these do not name it.
  if (url.username !== "" || url.password !== "") {
    throw new MsbError("INVALID_URL", `${subject} holds credentials.`, {
      remedy: "Give them as a header: headers: { authorization: … }.",
    });
  }
  if (url.search !== "" || url.hash !== "") {
    throw new MsbError("INVALID_URL", `${subject} has a query or a fragment.`, { remedy: REST_REMEDY });
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new MsbError("INVALID_URL", `${problem} for HTTP.`, { remedy: REST_REMEDY });
  }
  return url.origin + url.pathname.replace(/\/+$/, "");
}

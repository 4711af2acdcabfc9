import { anySignal, anyString, type Check, narrow, withOwnKeys } from "../../core/validation/checks.ts";
import { optionsReader } from "../../core/validation/options.ts";
import { memberOf } from "../../core/validation/path.ts";
import { isRecord } from "../../support/is-record.ts";
import { FLOW_DOCUMENT_CHECKS, type FlowDocumentOptions } from "./flow-document.ts";

/** How flows are created at the management of an MSB. */
export interface DeployFlowsOptions extends FlowDocumentOptions {
  /** Headers of each request, such as `Authorization`. @default none */
  readonly headers?: Readonly<Record<string, string>> | Headers;
  /** Ends it; what was created stays. @default none: a request is given up after 30 s, with a signal too */
  readonly signal?: AbortSignal;
}

const checkKeys = withOwnKeys("{ authorization: … }");

/** `fetch()` sets them itself. Browsers leave them out; in Node.js a request with one of them fails, or never ends. */
const SET_BY_FETCH = new Set([
  "connection",
  "content-length",
  "expect",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Each must be a string: anything else would be sent as well, `undefined` as that word. */
const checkEach: Check = (value, path, issues) => {
  const listed = isListed(value);
  if (!listed) {
    checkKeys(value, path, issues);
  }
  for (const [name, header] of listed ? value.entries() : Object.entries(isRecord(value) ? value : {})) {
    const place = memberOf(path, String(name));
    anyString(header, place, issues);
    if (SET_BY_FETCH.has(String(name).toLowerCase())) {
      issues.push({ path: place, message: "must be left out: fetch() sets it" });
    }
  }
};

const checkHeaders = narrow(
  checkEach,
  areHeaders,
  "must be headers of HTTP by their names, such as { authorization: … }",
);

/** `Headers`, also those of another library, have no keys of their own. */
function isListed(value: unknown): value is Headers {
  return isRecord(value) && typeof value["get"] === "function" && typeof value["entries"] === "function";
}

function areHeaders(headers: unknown): boolean {
  try {
    new Headers(headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}

export const readDeployFlowsOptions = optionsReader<DeployFlowsOptions>({
  ...FLOW_DOCUMENT_CHECKS,
  headers: checkHeaders,
  signal: anySignal,
});

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

/** Anything else would be sent as well: `undefined` as that word. */
const checkStrings: Check = (value, path, issues) => {
  checkKeys(value, path, issues);
  for (const [name, header] of Object.entries(isRecord(value) ? value : {})) {
    anyString(header, memberOf(path, name), issues);
  }
};

const checkNames = narrow(
  checkStrings,
  areHeaders,
  "must be headers of HTTP by their names, such as { authorization: … }",
);

/** What lists its headers itself, as `Headers` of any library does, is not read by its keys. */
const checkHeaders: Check = (value, path, issues) =>
  (isRecord(value) && Symbol.iterator in value && areHeaders(value)) || checkNames(value, path, issues);

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

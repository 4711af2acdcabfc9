import { MsbDefinitionError } from "../support/errors.ts";

/** The issue of the option `tls` in a browser. */
export const NO_TLS_OPTIONS =
  "is for Node.js: a browser trusts what its system and its user trust; install the certificates there";

const ISSUES = {
  tls: NO_TLS_OPTIONS,
  nodeSocket: "is for Node.js: in a browser the native WebSocket takes no options",
  WebSocket: "is not here: bundle for Node.js (esbuild: --platform=node)",
};

/** What a browser has no way for. */
export function notInBrowsers(path: keyof typeof ISSUES): MsbDefinitionError {
  return new MsbDefinitionError("The socket", [{ path, message: ISSUES[path] }]);
}

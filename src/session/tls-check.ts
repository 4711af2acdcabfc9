import {
  anyBoolean,
  type Check,
  check,
  nonEmptyString,
  optional,
  optionsObject,
} from "../core/validation/checks.ts";
import type { TlsOptions } from "../socket/index.ts";
import { isRecord } from "../support/is-record.ts";

const PEM =
  "must be PEM, the content of a file with -----BEGIN … in it, as a string or bytes (readFileSync gives it)";

/** Never names what was given: it may be a key. */
function secret<Value>(fits: (value: unknown) => boolean, message: string): Check<Value | undefined> {
  return optional(check(fits, message, () => message));
}

function isPem(value: unknown): boolean {
  if (value instanceof Uint8Array) {
    return isPem(new TextDecoder().decode(value));
  }
  return typeof value === "string" && value.includes("-----BEGIN ");
}

function isPemOrList(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 && value.every(isPem) : isPem(value);
}

const fields: Readonly<Record<keyof TlsOptions, Check>> = {
  ca: secret(isPemOrList, `${PEM}, or an array of such`),
  cert: secret(isPem, PEM),
  key: secret(isPem, PEM),
  passphrase: secret((value) => typeof value === "string", "must be a string"),
  servername: optional(nonEmptyString),
  checkHostname: optional(anyBoolean),
  rejectUnauthorized: optional(anyBoolean),
};

const checkFields = optionsObject(fields);

/** The client option `tls`. `cert` and `key` only work together, which is checked even if something else is wrong. */
export const checkTls: Check<TlsOptions> = (value, path, issues) => {
  if (typeof value === "string" || value instanceof Uint8Array) {
    // A key, maybe: it is not named.
    issues.push({
      path,
      message: "must be an object, such as { ca }: a certificate or key alone does not say which it is",
    });
    return;
  }
  checkFields(value, path, issues);
  if (isRecord(value) && (value["cert"] === undefined) !== (value["key"] === undefined)) {
    const missing = value["cert"] === undefined ? "cert" : "key";
    issues.push({ path: `${path}.${missing}`, message: "is missing: cert and key go together" });
  }
};

import { type Check, check, optional, optionsObject, wholeNumber } from "../core/validation/checks.ts";
import { isRecord } from "../support/is-record.ts";

/** How much of what is published in one turn leaves in one frame. */
export interface BatchOptions {
  /** Bytes of UTF-8 that a frame of several messages may have; at least 100. @default 8000 */
  readonly maxBytes?: number;
}

/** @default of `maxBytes` */
const MAX_BYTES = 8_000;

const LEAST_BYTES = 100;

const checkObject = optionsObject({
  maxBytes: optional(wholeNumber(LEAST_BYTES, "bytes")),
});

const checkForm = check(
  (value) => typeof value === "boolean" || isRecord(value),
  "true, false or { maxBytes }",
);

/** The client option `batch`. */
export const checkBatch: Check<boolean | BatchOptions> = (value, path, issues) =>
  (isRecord(value) ? checkObject : checkForm)(value, path, issues);

/** Bytes that a frame of several messages may have; `undefined` if each message has a frame of its own. */
export function batchBytes(batch: boolean | BatchOptions): number | undefined {
  if (typeof batch === "boolean") {
    return batch ? MAX_BYTES : undefined;
  }
  return batch.maxBytes ?? MAX_BYTES;
}

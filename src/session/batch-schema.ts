import * as z from "zod/v4/mini";
import { mustBe } from "../core/validation/describe-value.ts";
import { anyBoolean, strictObject } from "../core/validation/schemas.ts";

/** How much of what is published in one turn leaves in one frame. */
export interface BatchOptions {
  /** Bytes of UTF-8 that a frame of several messages may have; at least 100. @default 8000 */
  readonly maxBytes?: number;
}

/** @default of `maxBytes` */
const MAX_BYTES = 8_000;

const LEAST_BYTES = 100;

/** Without `abort: false` the union would say less of a wrong number. */
const frameSize = z.custom<number>(
  (value) => Number.isSafeInteger(value) && (value as number) >= LEAST_BYTES,
  { error: ({ input }) => mustBe(`a whole number of bytes, at least ${LEAST_BYTES}`, input), abort: false },
);

/** The client option `batch`. */
export const batchSchema = z.union([anyBoolean, strictObject({ maxBytes: z.optional(frameSize) })], {
  error: ({ input }) => mustBe("true, false or { maxBytes }", input),
}) as z.ZodMiniType<boolean | BatchOptions>;

/** Bytes that a frame of several messages may have; `undefined` if each message has a frame of its own. */
export function batchBytes(batch: boolean | BatchOptions): number | undefined {
  if (typeof batch === "boolean") {
    return batch ? MAX_BYTES : undefined;
  }
  return batch.maxBytes ?? MAX_BYTES;
}

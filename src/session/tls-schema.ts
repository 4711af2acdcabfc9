import * as z from "zod/v4/mini";
import { anyBoolean, nonEmptyString, strictObject } from "../core/validation/schemas.ts";
import type { TlsOptions } from "../socket/index.ts";

const PEM =
  "must be PEM, the content of a file with -----BEGIN … in it, as a string or bytes (readFileSync gives it)";

/** Never names what was given: it may be a key. Without `abort: false` one wrong field would hide what `goesWith` finds. */
const pem = z.custom<string | Uint8Array>(isPem, { error: PEM, abort: false });

function isPem(value: unknown): boolean {
  if (value instanceof Uint8Array) {
    return isPem(new TextDecoder().decode(value));
  }
  return typeof value === "string" && value.includes("-----BEGIN ");
}

function isPemOrList(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 && value.every(isPem) : isPem(value);
}

type Pair = { readonly cert?: unknown; readonly key?: unknown };

/** `cert` and `key` only work together; checked even if something else is wrong. */
function goesWith(name: "cert" | "key", other: "cert" | "key"): z.core.$ZodCheck<Pair> {
  return z.refine((tls: Pair) => tls[name] !== undefined || tls[other] === undefined, {
    path: [name],
    error: "is missing: cert and key go together",
    when: ({ value }) => typeof value === "object" && value !== null,
  });
}

/** The client option `tls`. Its cast says what `exactOptionalPropertyTypes` cannot know: no key is there as `undefined`. */
export const tlsSchema = strictObject({
  ca: z.optional(z.custom<unknown>(isPemOrList, { error: `${PEM}, or an array of such`, abort: false })),
  cert: z.optional(pem),
  key: z.optional(pem),
  passphrase: z.optional(z.string({ error: "must be a string" })),
  servername: z.optional(nonEmptyString),
  checkHostname: z.optional(anyBoolean),
  rejectUnauthorized: z.optional(anyBoolean),
} satisfies Record<keyof TlsOptions, unknown>).check(
  goesWith("cert", "key"),
  goesWith("key", "cert"),
) as z.ZodMiniType<TlsOptions>;

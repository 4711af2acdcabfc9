import { MsbError } from "../../support/errors.ts";

/** The error about an id that a contract does not have. */
export function unknownId(
  code: "UNKNOWN_EVENT" | "UNKNOWN_FUNCTION",
  kind: string,
  id: unknown,
  known: readonly string[],
): MsbError {
  const has = known.length === 0 ? "none" : known.map((each) => JSON.stringify(each)).join(", ");
  return new MsbError(code, `The contract has no ${kind} ${JSON.stringify(id)}; it has ${has}.`);
}

import type { Identity } from "../../../src/index.ts";

let count = 0;

/** An identity of its own for each call. */
export function identity(fields: Partial<Identity> = {}): Identity {
  count += 1;
  return {
    type: "SmartObject",
    uuid: `uuid-${process.pid}-${count}`,
    name: `Service ${count}`,
    description: "made by a test",
    token: "t0ken",
    ...fields,
  };
}

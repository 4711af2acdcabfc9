import { randomUUID } from "node:crypto";
import type { Identity } from "../core/self-description/index.ts";

/** An identity of its own for each call. */
export function testIdentity(): Identity {
  const uuid = randomUUID();
  return {
    type: "SmartObject",
    uuid,
    name: `Test ${uuid.slice(0, 8)}`,
    description: "Made by a test",
    token: "t0ken",
  };
}
